"""A made-up support centre whose contacts come with their truth: the desk as data, its work, its texts."""

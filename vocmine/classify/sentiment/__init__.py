"""Sentiment of a contact: the words and rules, the pretrained model, and the fitted one."""

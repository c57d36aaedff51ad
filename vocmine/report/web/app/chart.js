/* A size over time: a line with its band, days of fixes and incidents as upright lines, and what is pointed at in words. */
(function (VM) {
  'use strict';
  const { h } = VM;
  const PAPER = { ink: '#000', muted: '#444', line: '#bbb', accent: '#0b5c7a', soft: '#d5e6ed', alarm: '#a8321f', good: '#2f6f43' };
  const HEIGHT = 220;

  const colours = (paper) => {
    if (paper) return PAPER;
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(Object.keys(PAPER).map((name) => [name, style.getPropertyValue(`--${name}`).trim() || PAPER[name]]));
  };

  const seconds = (day) => (VM.zero + day * 86400000) / 1000;

  /** Upright lines on the days of marks, behind the data. */
  const drawMarks = (chart, marks, colour) => {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.font = `${11 * devicePixelRatio}px sans-serif`;
    for (const mark of marks) {
      const x = chart.valToPos(seconds(mark.day), 'x', true);
      if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
      ctx.strokeStyle = ctx.fillStyle = mark.kind === 'fix' ? colour.good : colour.alarm;
      ctx.setLineDash(mark.kind === 'fix' ? [] : [4 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.fillText(mark.sign, x + 3 * devicePixelRatio, bbox.top + 10 * devicePixelRatio);
    }
    ctx.restore();
  };

  /** Not more than `most` of the values, evenly. */
  const some = (values, most) => {
    const step = Math.max(1, Math.ceil(values.length / Math.max(most, 2)));
    return values.filter((_, i) => i % step === 0);
  };

  const options = (props, width, colour, onPoint) => {
    const axis = { stroke: colour.muted, grid: { stroke: colour.line, width: 1 }, ticks: { stroke: colour.line, width: 1 }, font: '12px sans-serif' };
    return {
      width, height: HEIGHT, legend: { show: false }, cursor: { drag: { x: false, y: false }, y: false },
      tzDate: (at) => window.uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
      scales: { y: { range: (chart, low, high) => [Math.min(0, low || 0), (high || 1) * 1.05] } },
      axes: [
        Object.assign({}, axis, { splits: (chart) => some(chart.data[0], chart.bbox.width / devicePixelRatio / 64), values: (chart, splits) => splits.map((at) => VM.fmt.tick(at, props.unit)) }),
        Object.assign({}, axis, { size: 76, values: (chart, splits) => splits.map((value) => props.write(value)) }),
      ],
      series: [
        // The line comes last, so that its band does not cover it.
        {}, { stroke: 'transparent', points: { show: false } }, { stroke: 'transparent', points: { show: false } },
        { stroke: colour.accent, width: 2, points: { show: true, size: 6, fill: colour.accent } },
      ],
      bands: [{ series: [2, 1], fill: colour.soft }],
      hooks: {
        draw: [(chart) => drawMarks(chart, props.marks, colour)],
        setCursor: [(chart) => onPoint(chart.cursor.idx)],
      },
    };
  };

  /** `points`: `{day, label, value, low, high}` by time; `marks`: `{day, kind, sign}`; `write` puts a size into words. */
  class TimeChart extends window.preact.Component {
    componentDidMount() {
      this.make();
      this.resized = new ResizeObserver(() => {
        const width = this.place.clientWidth;
        if (this.chart && width > 0 && Math.abs(width - this.chart.width) > 1) this.chart.setSize({ width, height: HEIGHT });
      });
      this.resized.observe(this.place);
      this.scheme = matchMedia('(prefers-color-scheme: dark)');
      this.again = () => this.make();
      this.onPaper = () => this.make(true);
      this.scheme.addEventListener('change', this.again);
      addEventListener('beforeprint', this.onPaper);
      addEventListener('afterprint', this.again);
    }

    componentDidUpdate(before) {
      if (before.points !== this.props.points) this.make();
    }

    componentWillUnmount() {
      this.resized.disconnect();
      this.scheme.removeEventListener('change', this.again);
      removeEventListener('beforeprint', this.onPaper);
      removeEventListener('afterprint', this.again);
      this.chart.destroy();
    }

    make(paper) {
      const { points } = this.props;
      if (this.chart) this.chart.destroy();
      const column = (name) => points.map((each) => (VM.known(each[name]) ? each[name] : null));
      const data = [points.map((each) => seconds(each.day)), column('low'), column('high'), column('value')];
      const width = paper ? 640 : Math.max(this.place.clientWidth, 200);
      this.chart = new window.uPlot(options(this.props, width, colours(paper), (i) => this.point(i)), data, this.place);
    }

    /** What is pointed at: not part of what Preact draws, as the pointer moves often. */
    point(i) {
      const each = this.props.points[i];
      this.readout.textContent = each
        ? [each.label, this.props.write(each.value), VM.fmt.between(each.low, each.high, this.props.write)].filter(Boolean).join('  ')
        : VM.t('point_here');
    }

    render() {
      return h('div', { class: 'vm-chart' },
        h('p', { class: 'vm-readout', 'aria-hidden': 'true', ref: (node) => (this.readout = node) }, VM.t('point_here')),
        h('div', { role: 'img', 'aria-label': this.props.label, ref: (node) => (this.place = node) }));
    }

    shouldComponentUpdate(next) {
      return next.points !== this.props.points;
    }
  }
  VM.TimeChart = TimeChart;
})(window.VM);

package dev.sluice.otlp.view;

/** The data points of a metric: {@link #point} is the one of the four views that fits the metric's kind. */
public final class PointsView {
    private final Repeated messages = new Repeated();
    private final NumberPointView number = new NumberPointView();
    private final HistogramPointView histogram = new HistogramPointView();
    private final ExponentialPointView exponential = new ExponentialPointView();
    private final SummaryPointView summary = new SummaryPointView();
    private PointView point = number;

    PointsView reset(MetricView.Kind kind, FieldIndex data) {
        messages.reset(data, 1);
        point = switch (kind) {
            case EMPTY, GAUGE, SUM -> number;
            case HISTOGRAM -> histogram;
            case EXPONENTIAL_HISTOGRAM -> exponential;
            case SUMMARY -> summary;
        };
        return this;
    }

    public boolean next() {
        return point.advance(messages);
    }

    /** The same object for every data point of the metric. */
    public PointView point() {
        return point;
    }

    /** The data point of a gauge or sum. */
    public NumberPointView number() {
        return number;
    }

    public HistogramPointView histogram() {
        return histogram;
    }

    public ExponentialPointView exponential() {
        return exponential;
    }

    public SummaryPointView summary() {
        return summary;
    }
}

package dev.sluice.otlp.view;

import dev.sluice.otlp.Bytes;

/** The metrics of a request, each with its resource and scope. */
public final class MetricsView extends RequestView {
    private final MetricView metric = new MetricView();

    public MetricsView() {}

    public MetricsView(Bytes request) {
        reset(request);
    }

    /** Stands before the first of the request's metrics. */
    public MetricsView reset(Bytes request) {
        cursor.reset(request);
        return this;
    }

    public boolean next() {
        if (!cursor.next()) {
            return false;
        }
        metric.reset(cursor.array(), cursor.itemStart(), cursor.itemEnd());
        return true;
    }

    /** The same object for every one of the metrics. */
    public MetricView metric() {
        return metric;
    }
}

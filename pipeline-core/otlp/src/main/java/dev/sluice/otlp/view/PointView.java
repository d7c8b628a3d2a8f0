package dev.sluice.otlp.view;

/** What the data points of all kinds have. Times are nanoseconds since 1970. */
public sealed interface PointView permits NumberPointView, HistogramPointView, ExponentialPointView, SummaryPointView {
    /** Before the first attribute; the same object at every call. */
    AttributesView attributes();

    long startTime();

    long time();

    /** The bits of the proto's DataPointFlags. */
    int flags();

    /** Whether the point says that its stream has ended: Prometheus's staleness marker. */
    default boolean noRecordedValue() {
        return (flags() & 1) != 0;
    }

    byte[] array();

    /** Where the data point starts in {@link #array}. */
    int start();

    /** The first position behind the data point. */
    int end();
}

package dev.sluice.otlp;

/** Which fields lead from a request to its items: at each level, outermost first, a set of field numbers as bits. */
public final class ItemPath {
    private static final int ONE = 1 << 1;
    private static final int TWO = 1 << 2;
    /** The five kinds of data of a metric. */
    private static final int METRIC_DATA = 1 << 5 | 1 << 7 | 1 << 9 | 1 << 10 | 1 << 11;

    /** To ResourceSpans, ResourceMetrics or ResourceLogs. */
    public static final ItemPath RESOURCES = new ItemPath(ONE);
    /** To Metric. */
    public static final ItemPath METRICS = new ItemPath(ONE, TWO, TWO);

    private static final ItemPath SPANS_OR_RECORDS = METRICS;
    private static final ItemPath POINTS = new ItemPath(ONE, TWO, TWO, METRIC_DATA, ONE);

    private final int[] fields;

    private ItemPath(int... fields) {
        this.fields = fields;
    }

    /** To what the signal counts: spans, data points or log records. */
    public static ItemPath items(Signal signal) {
        return signal == Signal.METRICS ? POINTS : SPANS_OR_RECORDS;
    }

    public int levels() {
        return fields.length;
    }

    public boolean isLast(int level) {
        return level == fields.length - 1;
    }

    /** Whether a field with this tag, found at this level, leads to items. */
    public boolean leads(int level, int tag) {
        return (tag & 7) == Wire.LEN && (tag >>> 3) < Integer.SIZE && (fields[level] >>> (tag >>> 3) & 1) != 0;
    }
}

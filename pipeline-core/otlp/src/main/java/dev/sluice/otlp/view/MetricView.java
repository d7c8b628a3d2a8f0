package dev.sluice.otlp.view;

/** One metric: its name and, with {@link #points}, its data points. */
public final class MetricView extends MessageView {
    /** What kind of data a metric has; the names are those of the Collector's {@code pmetric.MetricType}. */
    public enum Kind {
        EMPTY,
        GAUGE,
        SUM,
        HISTOGRAM,
        EXPONENTIAL_HISTOGRAM,
        SUMMARY
    }

    private static final int[] DATA_FIELDS = {0, 5, 7, 9, 10, 11};
    private static final Kind[] KINDS = Kind.values();

    private final FieldIndex data = new FieldIndex();
    private final AttributesView metadata = new AttributesView();
    private final PointsView points = new PointsView();
    private Kind kind = Kind.EMPTY;

    @Override
    public void reset(byte[] array, int start, int end) {
        super.reset(array, start, end);
        kind = Kind.EMPTY;
        int dataField = 0;
        for (int i = 1; i < DATA_FIELDS.length; i++) {
            int field = DATA_FIELDS[i];
            // The members of a oneof replace each other: the last one counts.
            if (fields.hasRange(field) && (dataField == 0 || fields.from(field) > fields.from(dataField))) {
                dataField = field;
                kind = KINDS[i];
            }
        }
        data.read(array, fields.from(dataField), fields.to(dataField));
    }

    public String name() {
        return fields.string(1);
    }

    public int nameStart() {
        return fields.from(1);
    }

    public int nameLength() {
        return fields.length(1);
    }

    public String description() {
        return fields.string(2);
    }

    public String unit() {
        return fields.string(3);
    }

    public int unitStart() {
        return fields.from(3);
    }

    public int unitLength() {
        return fields.length(3);
    }

    public Kind kind() {
        return kind;
    }

    /** 0 unspecified (also for kinds that have none), 1 delta, 2 cumulative. */
    public int temporality() {
        return (int) data.bits(2);
    }

    public boolean isMonotonic() {
        return kind == Kind.SUM && data.bits(3) != 0;
    }

    /** Before the first entry; the same object at every call. */
    public AttributesView metadata() {
        return metadata.reset(fields, 12);
    }

    /** Before the first data point; the same object at every call. */
    public PointsView points() {
        return points.reset(kind, data);
    }
}

package dev.sluice.otlp.text;

import dev.sluice.gotext.GoFloat;
import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.NumberValueView;
import dev.sluice.otlp.view.NumbersView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.otlp.view.QuantilesView;
import dev.sluice.otlp.view.SummaryPointView;

/** Data points in the detailed form. */
final class PointLines {
    private final Lines lines;

    PointLines(Lines lines) {
        this.lines = lines;
    }

    void print(PointsView points) {
        for (int i = 0; points.next(); i++) {
            switch (points.point()) {
                case NumberPointView number -> print(i, number);
                case HistogramPointView histogram -> print(i, histogram);
                case ExponentialPointView exponential -> print(i, exponential);
                case SummaryPointView summary -> print(i, summary);
            }
        }
    }

    private void print(int index, NumberPointView point) {
        head("NumberDataPoints", index, point);
        value("Value: ", point.value());
        exemplars(point.exemplars());
    }

    private void print(int index, HistogramPointView point) {
        head("HistogramDataPoints", index, point);
        lines.line("Count: " + Long.toUnsignedString(point.count()));
        optional("Sum", point.hasSum(), point.sum());
        optional("Min", point.hasMin(), point.min());
        optional("Max", point.hasMax(), point.max());
        NumbersView bounds = point.explicitBounds();
        for (int i = 0; bounds.next(); i++) {
            lines.line("ExplicitBounds #" + i + ": " + GoFloat.fixed(bounds.decimal()));
        }
        NumbersView counts = point.bucketCounts();
        for (int i = 0; counts.next(); i++) {
            lines.line("Buckets #" + i + ", Count: " + Long.toUnsignedString(counts.bits()));
        }
        exemplars(point.exemplars());
    }

    private void print(int index, ExponentialPointView point) {
        head("ExponentialHistogramDataPoints", index, point);
        lines.line("Count: " + Long.toUnsignedString(point.count()));
        optional("Sum", point.hasSum(), point.sum());
        optional("Min", point.hasMin(), point.min());
        optional("Max", point.hasMax(), point.max());
        ExponentialBuckets negative = ExponentialBuckets.of(point.negative(), point.scale());
        for (int i = negative.size() - 1; i >= 0; i--) {
            lines.line("Bucket [" + GoFloat.fixed(-negative.bound(i + 1)) + ", " + GoFloat.fixed(-negative.bound(i))
                    + "), Count: " + Long.toUnsignedString(negative.count(i)));
        }
        if (point.zeroCount() != 0) {
            lines.line("Bucket [0, 0], Count: " + Long.toUnsignedString(point.zeroCount()));
        }
        ExponentialBuckets positive = ExponentialBuckets.of(point.positive(), point.scale());
        for (int i = 0; i < positive.size(); i++) {
            lines.line("Bucket (" + GoFloat.fixed(positive.bound(i)) + ", " + GoFloat.fixed(positive.bound(i + 1))
                    + "], Count: " + Long.toUnsignedString(positive.count(i)));
        }
        exemplars(point.exemplars());
    }

    private void print(int index, SummaryPointView point) {
        head("SummaryDataPoints", index, point);
        lines.line("Count: " + Long.toUnsignedString(point.count()));
        lines.line("Sum: " + GoFloat.fixed(point.sum()));
        QuantilesView quantiles = point.quantiles();
        for (int i = 0; quantiles.next(); i++) {
            lines.line("QuantileValue #" + i + ": Quantile " + GoFloat.fixed(quantiles.quantile()) + ", Value "
                    + GoFloat.fixed(quantiles.value()));
        }
    }

    private void head(String kind, int index, PointView point) {
        lines.line(kind + " #" + index);
        lines.attributes("Data point attributes", point.attributes());
        lines.line("StartTimestamp: " + Names.time(point.startTime()));
        lines.line("Timestamp: " + Names.time(point.time()));
    }

    private void optional(String name, boolean present, double value) {
        if (present) {
            lines.line(name + ": " + GoFloat.fixed(value));
        }
    }

    private void value(String name, NumberValueView value) {
        if (value.isInteger()) {
            lines.line(name + value.integer());
        } else if (value.exists()) {
            lines.line(name + GoFloat.fixed(value.decimal()));
        }
    }

    private void exemplars(ExemplarsView exemplars) {
        for (int i = 0; exemplars.next(); i++) {
            if (i == 0) {
                lines.line("Exemplars:");
            }
            lines.line("Exemplar #" + i);
            lines.line("     -> Trace ID: " + Names.id(exemplars.traceId()));
            lines.line("     -> Span ID: " + Names.id(exemplars.spanId()));
            lines.line("     -> Timestamp: " + Names.time(exemplars.time()));
            value("     -> Value: ", exemplars.value());
            lines.nestedAttributes("FilteredAttributes", exemplars.filteredAttributes());
        }
    }
}

package dev.sluice.otlp.text;

import dev.sluice.gotext.GoFloat;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.NumberValueView;
import dev.sluice.otlp.view.NumbersView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.otlp.view.QuantilesView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;
import dev.sluice.otlp.view.SummaryPointView;

/** The form of {@code verbosity: normal}. */
final class NormalText {
    private final StringBuilder text = new StringBuilder();
    private final SpanView span = new SpanView();
    private final LogRecordView record = new LogRecordView();
    private final MetricView metric = new MetricView();

    String of(Signal signal, Bytes request) {
        String kind = switch (signal) {
            case TRACES -> "Traces";
            case METRICS -> "Metrics";
            case LOGS -> "Log";
        };
        Containers.walk(request, new Containers.Printer() {
            @Override
            public void resource(int number, ResourceView resource) {
                text.append("Resource").append(kind).append(" #").append(number);
                String schemaUrl = resource.schemaUrl();
                if (!schemaUrl.isEmpty()) {
                    text.append(" [").append(schemaUrl).append(']');
                }
                attributes(" ", " ", resource.attributes());
                text.append('\n');
            }

            @Override
            public void scope(int number, ScopeView scope) {
                text.append("Scope").append(kind).append(" #").append(number);
                scopeDetails(scope);
                attributes(" ", " ", scope.attributes());
                text.append('\n');
            }

            @Override
            public void item(int number, byte[] array, int start, int end) {
                switch (signal) {
                    case TRACES -> {
                        span.reset(array, start, end);
                        span();
                    }
                    case METRICS -> {
                        metric.reset(array, start, end);
                        points(metric.points());
                    }
                    case LOGS -> {
                        record.reset(array, start, end);
                        // The blank stands there also without attributes.
                        text.append(record.body().text()).append(' ');
                        attributes("", " ", record.attributes());
                        text.append('\n');
                    }
                }
            }
        });
        return text.toString();
    }

    private void scopeDetails(ScopeView scope) {
        String version = scope.version();
        String schemaUrl = scope.schemaUrl();
        String details = scope.name() + (version.isEmpty() ? "" : "@" + version);
        if (!schemaUrl.isEmpty()) {
            details += (details.isEmpty() ? "[" : " [") + schemaUrl + "]";
        }
        if (!details.isEmpty()) {
            text.append(' ').append(details);
        }
    }

    private void span() {
        text.append(span.name()).append(' ').append(Names.id(span.traceId()));
        text.append(' ').append(Names.id(span.spanId()));
        attributes(" ", " ", span.attributes());
        text.append('\n');
    }

    private void points(PointsView points) {
        while (points.next()) {
            text.append(metric.name()).append('{');
            attributes("", ",", points.point().attributes());
            text.append("} ");
            switch (points.point()) {
                case NumberPointView point -> number(point.value());
                case HistogramPointView point -> histogram(point);
                case ExponentialPointView point -> exponential(point);
                case SummaryPointView point -> summary(point);
            }
            text.append('\n');
        }
    }

    private void number(NumberValueView value) {
        if (value.isInteger()) {
            text.append(value.integer());
        } else if (value.exists()) {
            text.append(GoFloat.g(value.decimal()));
        }
    }

    private void histogram(HistogramPointView point) {
        text.append("count=").append(Long.toUnsignedString(point.count()));
        optional("sum", point.hasSum(), point.sum());
        optional("min", point.hasMin(), point.min());
        optional("max", point.hasMax(), point.max());
        NumbersView counts = point.bucketCounts();
        NumbersView bounds = point.explicitBounds();
        while (counts.next()) {
            text.append(' ');
            if (bounds.next()) {
                text.append("le").append(GoFloat.g(bounds.decimal())).append('=');
            }
            text.append(Long.toUnsignedString(counts.bits()));
        }
    }

    private void exponential(ExponentialPointView point) {
        text.append("count=").append(Long.toUnsignedString(point.count()));
        optional("sum", point.hasSum(), point.sum());
        optional("min", point.hasMin(), point.min());
        optional("max", point.hasMax(), point.max());
        ExponentialBuckets negative = ExponentialBuckets.of(point.negative(), point.scale());
        for (int i = negative.size() - 1; i >= 0; i--) {
            bucket(-negative.bound(i), negative.count(i));
        }
        if (point.zeroCount() != 0) {
            text.append(" zero=").append(Long.toUnsignedString(point.zeroCount()));
        }
        ExponentialBuckets positive = ExponentialBuckets.of(point.positive(), point.scale());
        for (int i = 0; i < positive.size(); i++) {
            bucket(positive.bound(i + 1), positive.count(i));
        }
    }

    private void bucket(double bound, long count) {
        text.append(" le").append(GoFloat.g(bound)).append('=').append(Long.toUnsignedString(count));
    }

    private void summary(SummaryPointView point) {
        text.append("count=").append(Long.toUnsignedString(point.count()));
        text.append(" sum=").append(GoFloat.fixed(point.sum()));
        QuantilesView quantiles = point.quantiles();
        while (quantiles.next()) {
            text.append(" q").append(GoFloat.g(quantiles.quantile()));
            text.append('=').append(GoFloat.g(quantiles.value()));
        }
    }

    private void optional(String name, boolean present, double value) {
        if (present) {
            text.append(' ').append(name).append('=').append(GoFloat.g(value));
        }
    }

    private void attributes(String before, String between, AttributesView attributes) {
        String separator = before;
        while (attributes.next()) {
            text.append(separator).append(attributes.key()).append('=');
            text.append(attributes.value().text());
            separator = between;
        }
    }
}

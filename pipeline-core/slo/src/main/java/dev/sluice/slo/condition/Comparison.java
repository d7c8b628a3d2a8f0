package dev.sluice.slo.condition;

import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.SpanView;

/** One comparison of a condition. */
record Comparison(Path path, Operator operator, Literal literal) {
    boolean holds(Item item) {
        return operator.holds(
                switch (path) {
                    case Path.Attribute attribute -> {
                        AnyValueView value = attribute.value(item);
                        yield value != null
                                ? literal.order(value)
                                : literal instanceof Literal.Nil ? 0 : Literal.INCOMPARABLE;
                    }
                    case Path.Field field -> order(field, item);
                });
    }

    private int order(Path.Field field, Item item) {
        return switch (item) {
            case Item.Span span -> order(field, span.view());
            case Item.Log log ->
                field == Path.Field.SEVERITY_NUMBER ? order(log.view().severityNumber()) : Literal.INCOMPARABLE;
        };
    }

    private int order(Path.Field field, SpanView span) {
        return switch (field) {
            case NAME ->
                literal instanceof Literal.Text text
                        ? text.order(span.array(), span.nameStart(), span.nameLength())
                        : Literal.INCOMPARABLE;
            case KIND -> order(span.kind());
            case STATUS_CODE -> order(span.statusCode());
            case SEVERITY_NUMBER -> Literal.INCOMPARABLE;
        };
    }

    private int order(int value) {
        return literal instanceof Literal.Numeric number ? number.order(value) : Literal.INCOMPARABLE;
    }
}

package dev.sluice.promql.template;

import dev.sluice.gotext.GoDuration;
import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.histogram.NativeHistogram;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What Go's templates know about values. */
final class Values {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Values() {}

    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case String s -> !s.isEmpty();
            case Long l -> l != 0;
            case Double d -> d != 0;
            case Collection<?> c -> !c.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            default -> true;
        };
    }

    /** The name that Go has for the type. */
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Boolean b -> "bool";
            case String s -> "string";
            case Long l -> "int";
            case Double d -> "float64";
            case Collection<?> c -> "template.queryResult";
            case LabelMap m -> "map[string]string";
            case Map<?, ?> m -> "map[string]interface {}";
            case NativeHistogram h -> "*histogram.FloatHistogram";
            case Instant i -> "*time.Time";
            case Duration d -> "*time.Duration";
            default -> "*template.sample";
        };
    }

    /** As {@code %v} shows it. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Double d -> GoFloat.g(d);
            case Instant i -> time(i);
            case Duration d -> GoDuration.string(d);
            case Collection<?> all -> {
                StringBuilder out = new StringBuilder("[");
                all.forEach(e -> out.append(out.length() > 1 ? " " : "").append(text(e)));
                yield out.append(']').toString();
            }
            case Map<?, ?> map -> {
                TreeMap<String, Object> sorted = new TreeMap<>(GoString::compare);
                map.forEach((k, v) -> sorted.put(String.valueOf(k), v));
                StringBuilder out = new StringBuilder("map[");
                sorted.forEach((k, v) -> out.append(out.length() > 4 ? " " : "")
                        .append(k)
                        .append(':')
                        .append(text(v)));
                yield out.append(']').toString();
            }
            case Sample s -> "{" + text(LabelMap.of(s.labels())) + " " + text(s.value()) + "}";
            default -> value.toString();
        };
    }

    private static String time(Instant instant) {
        String fraction = fraction(instant.get(ChronoField.NANO_OF_SECOND));
        return TIME.format(instant) + fraction + " +0000 UTC";
    }

    private static String fraction(int nanos) {
        return nanos == 0 ? "" : "." + "%09d".formatted(nanos).replaceAll("0+$", "");
    }

    static double number(@Nullable Object value) {
        return switch (value) {
            case Double d -> d;
            case Long l -> l;
            case String s -> {
                Double parsed = GoFloat.parse(s);
                if (parsed == null) {
                    throw new TemplateException(
                            "strconv.ParseFloat: parsing " + GoString.quote(s) + ": invalid syntax");
                }
                yield parsed;
            }
            case null, default -> throw new TemplateException("can't convert " + type(value) + " to float");
        };
    }

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        checkBasic(a, "non-comparable type " + text(a) + ": " + type(a));
        checkBasic(b, "non-comparable type " + text(b) + ": " + type(b));
        checkSame(a, b);
        // Not the equals of Double, for which NaN equals NaN.
        return a instanceof Double x ? x.doubleValue() == (Double) b : a.equals(b);
    }

    static boolean less(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            throw new TemplateException("invalid type for comparison");
        }
        checkBasic(a, "invalid type for comparison");
        checkBasic(b, "invalid type for comparison");
        checkSame(a, b);
        return switch (a) {
            case Double d -> d < (Double) b;
            case Long l -> l < (Long) b;
            case String s -> GoString.compare(s, (String) b) < 0;
            default -> throw new TemplateException("invalid type for comparison");
        };
    }

    private static void checkBasic(Object value, String otherwise) {
        if (!(value instanceof Boolean
                || value instanceof String
                || value instanceof Long
                || value instanceof Double)) {
            throw new TemplateException(otherwise);
        }
    }

    private static void checkSame(Object a, Object b) {
        if (a.getClass() != b.getClass()) {
            throw new TemplateException("incompatible types for comparison: " + type(a) + " and " + type(b));
        }
    }
}

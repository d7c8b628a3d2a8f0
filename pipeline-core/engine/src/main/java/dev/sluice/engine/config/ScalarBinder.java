package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Otherwise;
import dev.sluice.api.config.Secret;
import dev.sluice.gotext.GoDuration;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Expanded;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.ScalarType;
import dev.sluice.yaml.Suggestion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Scalars to Java values. As strict as the Collector: a number is no text, a quoted number is no number; what an expansion brought is both.
 */
final class ScalarBinder {
    private final UnaryOperator<ComponentId> canonical;

    ScalarBinder(UnaryOperator<ComponentId> canonical) {
        this.canonical = canonical;
    }

    /**
     * @param fallback the answer for a null
     * @param warn told of what is legal and surprising
     */
    @Nullable
    Object bind(ConfigNode node, Class<?> type, @Nullable Object fallback, Consumer<String> warn) throws Mismatch {
        boolean text = type == String.class || type == Secret.class;
        if (text && node instanceof Expanded expanded) {
            return type == Secret.class ? new Secret(expanded.original()) : expanded.original();
        }
        ConfigNode plain = node.plain();
        if (plain instanceof Null) {
            // A variable that is not set gives the zero of the type, not the default.
            return node instanceof Expanded && zero(type) != null ? zero(type) : fallback;
        }
        if (type == ComponentId.class) {
            return id(plain);
        }
        if (!(plain instanceof Scalar scalar)) {
            throw mismatch(goType(type), plain, null);
        }
        if (type.isEnum()) {
            return constant(scalar, type);
        }
        if (text) {
            if (scalar.type() != ScalarType.STRING) {
                throw mismatch(goType(type), plain, "put it in quotes");
            }
            return type == Secret.class ? new Secret(scalar.text()) : scalar.text();
        }
        if (type == Object.class) {
            return natural(scalar, warn);
        }
        if (type == boolean.class || type == Boolean.class) {
            return bool(scalar);
        }
        if (type == Duration.class) {
            return duration(scalar, warn);
        }
        if (type == double.class || type == Double.class) {
            return floating(scalar, type);
        }
        if (type == float.class || type == Float.class) {
            return (float) floating(scalar, type);
        }
        if (type == int.class || type == Integer.class) {
            return (int) integer(scalar, type, Integer.MIN_VALUE, Integer.MAX_VALUE, warn);
        }
        if (type == long.class || type == Long.class) {
            return integer(scalar, type, Long.MIN_VALUE, Long.MAX_VALUE, warn);
        }
        throw new IllegalStateException("a configuration cannot have the type " + type.getName());
    }

    /** A text, a Boolean, a Long or a Double, whichever was written. */
    private static Object natural(Scalar scalar, Consumer<String> warn) throws Mismatch {
        return switch (scalar.type()) {
            case STRING -> scalar.text();
            case BOOL -> isTrue(scalar.text());
            case INT -> integer(scalar, long.class, Long.MIN_VALUE, Long.MAX_VALUE, warn);
            case FLOAT -> floating(scalar, double.class);
        };
    }

    private ComponentId id(ConfigNode node) throws Mismatch {
        if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.STRING) {
            String kind =
                    goType(node).startsWith("[]") ? "slice" : goType(node).startsWith("map") ? "map" : goType(node);
            throw new Mismatch("expected a map or struct, got \"" + kind + "\"", null);
        }
        try {
            return canonical.apply(ComponentId.parse(scalar.text()));
        } catch (IllegalArgumentException e) {
            throw new Mismatch(String.valueOf(e.getMessage()), null);
        }
    }

    private static Object constant(Scalar scalar, Class<?> type) throws Mismatch {
        Map<String, Object> words = words(type);
        for (Map.Entry<String, Object> word : words.entrySet()) {
            if (word.getKey().equalsIgnoreCase(scalar.text())) {
                return word.getValue();
            }
        }
        String meant = Suggestion.of(scalar.text(), words.keySet());
        Otherwise own = type.getAnnotation(Otherwise.class);
        throw new Mismatch(
                own != null
                        ? own.value().replace("%s", scalar.text())
                        : "invalid " + snake(type.getSimpleName()) + ": \"" + scalar.text() + "\"",
                meant != null ? meant : "one of: " + String.join(", ", words.keySet()));
    }

    /** The constants of an enum by what stands for them in YAML. */
    static Map<String, Object> words(Class<?> type) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            words.put(word((Enum<?>) constant), constant);
        }
        return words;
    }

    /** What stands for a constant in YAML. */
    static String word(Enum<?> constant) {
        try {
            Key key = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Key.class);
            return key != null ? key.value() : constant.name().toLowerCase(Locale.ROOT);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static boolean bool(Scalar scalar) throws Mismatch {
        if (scalar.type() == ScalarType.BOOL) {
            return isTrue(scalar.text());
        }
        String hint = switch (scalar.text().toLowerCase(Locale.ROOT)) {
            case "yes", "y", "on", "true", "t", "1" -> "did you mean true?";
            case "no", "n", "off", "false", "f", "0" -> "did you mean false?";
            default -> null;
        };
        throw mismatch("bool", scalar, hint);
    }

    static boolean isTrue(String bool) {
        return bool.equalsIgnoreCase("true");
    }

    private static Duration duration(Scalar scalar, Consumer<String> warn) throws Mismatch {
        switch (scalar.type()) {
            case STRING -> {
                try {
                    return GoDuration.parse(scalar.text());
                } catch (IllegalArgumentException e) {
                    throw new Mismatch(String.valueOf(e.getMessage()), "a duration is written like 5s, 200ms or 1h30m");
                }
            }
            case INT, FLOAT -> {
                long nanos = integer(scalar, Duration.class, Long.MIN_VALUE, Long.MAX_VALUE, _ -> {});
                if (nanos != 0) {
                    warn.accept("is a number without a unit, which counts nanoseconds: "
                            + GoDuration.format(Duration.ofNanos(nanos)));
                }
                return Duration.ofNanos(nanos);
            }
            case BOOL -> throw mismatch("time.Duration", scalar, null);
        }
        throw new IllegalStateException("unknown type " + scalar.type());
    }

    private static double floating(Scalar scalar, Class<?> type) throws Mismatch {
        return switch (scalar.type()) {
            case INT, FLOAT -> ScalarType.floating(scalar.text());
            case STRING, BOOL -> throw mismatch(goType(type), scalar, numberHint(scalar));
        };
    }

    private static long integer(Scalar scalar, Class<?> type, long least, long greatest, Consumer<String> warn)
            throws Mismatch {
        BigInteger value = switch (scalar.type()) {
            case INT -> ScalarType.integer(scalar.text());
            case FLOAT -> {
                double floating = ScalarType.floating(scalar.text());
                if (Double.isNaN(floating) || Double.isInfinite(floating)) {
                    throw mismatch(goType(type), scalar, null);
                }
                BigInteger cut = new BigDecimal(floating).toBigInteger();
                if (cut.doubleValue() != floating) {
                    warn.accept("is a whole number: " + scalar.text() + " is cut to " + cut);
                }
                yield cut;
            }
            case STRING, BOOL -> throw mismatch(goType(type), scalar, numberHint(scalar));
        };
        if (value == null
                || value.compareTo(BigInteger.valueOf(least)) < 0
                || value.compareTo(BigInteger.valueOf(greatest)) > 0) {
            throw new Mismatch(
                    "cannot parse value as '" + goType(type) + "': " + scalar.text() + " overflows " + goType(type),
                    null);
        }
        return value.longValue();
    }

    private static @Nullable String numberHint(Scalar scalar) {
        ScalarType meant = ScalarType.ofPlain(scalar.text());
        return meant == ScalarType.INT || meant == ScalarType.FLOAT ? "write it without quotes" : null;
    }

    private static Mismatch mismatch(String expected, ConfigNode got, @Nullable String hint) {
        return new Mismatch("expected type '" + expected + "', got unconvertible type '" + goType(got) + "'", hint);
    }

    /** The zero of a type that has one; null for the others. */
    static @Nullable Object zero(Class<?> type) {
        if (type == String.class) {
            return "";
        }
        if (type == Secret.class) {
            return new Secret("");
        }
        if (type == Duration.class) {
            return Duration.ZERO;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == float.class) {
            return 0f;
        }
        return type == double.class ? 0d : null;
    }

    static String goType(ConfigNode node) {
        return switch (node) {
            case MapNode _ -> "map[string]interface {}";
            case ListNode _ -> "[]interface {}";
            case Scalar scalar -> scalar.type().goName();
            case Null _ -> "nil";
            case Expanded expanded -> goType(expanded.value());
        };
    }

    private static String goType(Class<?> type) {
        if (type == Secret.class) {
            return "configopaque.String";
        }
        if (type == Duration.class) {
            return "time.Duration";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "bool";
        }
        if (type == double.class || type == Double.class) {
            return "float64";
        }
        if (type == float.class || type == Float.class) {
            return "float32";
        }
        if (type == int.class || type == Integer.class) {
            return "int";
        }
        return type == long.class || type == Long.class ? "int64" : "string";
    }

    /** A value of the wrong type, in the Collector's words, with what to do about it. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1;

        private final @Nullable String hint;

        Mismatch(String message, @Nullable String hint) {
            super(message);
            this.hint = hint;
        }

        @Nullable
        String hint() {
            return hint;
        }
    }
}

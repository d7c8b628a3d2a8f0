package dev.sluice.prometheus;

import dev.sluice.otlp.view.MetricView;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes Prometheus metric names from OTLP's, by the rules of prometheus/otlptranslator 1.0.0, which the Collector's exporter uses.
 *
 * @param namespace stands before every name, behind it an underscore; may be empty
 */
public record MetricNames(TranslationStrategy strategy, String namespace) {
    /** What an OTLP metric is, as far as its name goes. */
    public enum Kind {
        GAUGE,
        MONOTONIC_SUM,
        /** Sums that go down too, histograms and summaries. */
        OTHER;

        public static Kind of(MetricView metric) {
            return switch (metric.kind()) {
                case GAUGE -> GAUGE;
                case SUM -> metric.isMonotonic() ? MONOTONIC_SUM : OTHER;
                case EMPTY, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> OTHER;
            };
        }
    }

    /** Throws {@link IllegalArgumentException} if nothing of the name is left. */
    public String name(String name, String unit, Kind kind) {
        String made = strategy.escaped()
                ? (strategy.suffixes() ? tokenized(name, unit, kind) : underscored(name))
                : (strategy.suffixes() ? suffixed(spaced(name), unit, kind) : spaced(name));
        if (made.isEmpty()) {
            throw new IllegalArgumentException("normalization for metric \"" + name + "\" resulted in empty name");
        }
        if (strategy.escaped() && !made.equals(name) && made.chars().allMatch(c -> c == '_')) {
            throw new IllegalArgumentException(
                    "normalization for metric \"" + name + "\" resulted in invalid name \"" + made + "\"");
        }
        return made;
    }

    /** The unit in Prometheus's words, such as {@code bytes_per_second}. */
    public String unit(String ucum) {
        Units units = strategy.escaped() ? Units.of(ucum).escaped() : Units.of(ucum);
        return units.main().isEmpty() || units.per().isEmpty()
                ? units.main() + units.per()
                : units.main() + "_" + units.per();
    }

    /** The runs of letters, digits and colons. */
    static List<String> tokens(String text) {
        return split(text, false);
    }

    private String tokenized(String name, String unit, Kind kind) {
        List<String> tokens = tokens(name);
        Units units = Units.of(unit).escaped();
        boolean main = !units.main().isEmpty() && !tokens.contains(units.main());
        boolean per = !units.per().isEmpty() && !tokens.contains(units.per());
        if (main) {
            tokens.add(units.main());
        }
        if (per) {
            tokens.add(units.per());
        }
        if (kind == Kind.MONOTONIC_SUM) {
            moveToEnd(tokens, "total");
        }
        if (kind == Kind.GAUGE && unit.equals("1")) {
            moveToEnd(tokens, "ratio");
        }
        if (!namespace.isEmpty()) {
            tokens.addFirst(namespace);
        }
        return notDigitFirst(String.join("_", tokens));
    }

    private static void moveToEnd(List<String> tokens, String suffix) {
        tokens.removeIf(suffix::equals);
        tokens.add(suffix);
    }

    /** Without suffixes, underscores count as letters, so that runs of them stay. */
    private String underscored(String name) {
        String plain = String.join("_", split(name, true));
        return namespace.isEmpty() ? notDigitFirst(plain) : String.join("_", split(namespace, true)) + "_" + plain;
    }

    private String spaced(String name) {
        return namespace.isEmpty() ? name : namespace + "_" + name;
    }

    /** From the inside out: unit, per unit, then total or ratio. One that is there already moves rather than doubles. */
    private static String suffixed(String name, String unit, Kind kind) {
        String last = kind == Kind.MONOTONIC_SUM ? "total" : kind == Kind.GAUGE && unit.equals("1") ? "ratio" : "";
        Units units = Units.of(unit);
        String made = trimmed(trimmed(name, last), units.per());
        if (!made.endsWith(units.main())) {
            made += "_" + units.main();
        }
        return appended(appended(made, units.per()), last);
    }

    private static String trimmed(String name, String suffix) {
        boolean there = !suffix.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length() + 1;
        return there ? name.substring(0, name.length() - suffix.length() - 1) : name;
    }

    private static String appended(String name, String suffix) {
        return suffix.isEmpty() ? name : name + "_" + suffix;
    }

    private static String notDigitFirst(String name) {
        boolean digit = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
        return digit ? "_" + name : name;
    }

    private static List<String> split(String text, boolean keepUnderscores) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !legal(text.charAt(i), keepUnderscores)) {
                if (i > start) {
                    tokens.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return tokens;
    }

    private static boolean legal(char c, boolean underscore) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == ':'
                || (c == '_' && underscore);
    }
}

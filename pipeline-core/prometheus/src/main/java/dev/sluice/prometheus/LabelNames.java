package dev.sluice.prometheus;

/**
 * Makes Prometheus label names from OTLP attribute keys. Prometheus's own OTLP intake and the Collector's exporter differ in two
 * details, so both are here; the rules are those of prometheus/otlptranslator 1.0.0.
 *
 * @param escaped characters outside the old alphabet become underscores
 * @param keepRuns several such characters in a row stay as many underscores
 * @param prefixUnderscore a name with a single underscore in front gets {@code key} before it
 */
public record LabelNames(boolean escaped, boolean keepRuns, boolean prefixUnderscore) {
    /** As Prometheus 3 does by default when it takes OTLP in. */
    public static final LabelNames PROMETHEUS = new LabelNames(true, true, true);

    /** As the Collector's remote write exporter does, under the strategy. */
    public static LabelNames remoteWrite(TranslationStrategy strategy) {
        return new LabelNames(strategy.escaped(), false, true);
    }

    /** As the Collector's exporter does, under the strategy. */
    public static LabelNames collector(TranslationStrategy strategy) {
        return new LabelNames(strategy.escaped(), false, false);
    }

    /** Throws {@link IllegalArgumentException} if the key is empty or nothing but underscores would be left. */
    public String name(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("label name is empty");
        }
        String name = escaped ? prefixed(sanitized(key)) : key;
        if (name.chars().allMatch(c -> c == '_')) {
            throw new IllegalArgumentException(
                    escaped
                            ? "normalization for label name \"" + key + "\" resulted in invalid name \"" + name + "\""
                            : "label name \"" + key + "\" contains only underscores");
        }
        return name;
    }

    private String sanitized(String key) {
        boolean reserved = !keepRuns && key.length() >= 4 && key.startsWith("__") && key.endsWith("__");
        String inner = reserved ? key.substring(2, key.length() - 2) : key;
        StringBuilder name = new StringBuilder(key.length());
        boolean afterUnderscore = false;
        for (int i = 0; i < inner.length(); i = inner.offsetByCodePoints(i, 1)) {
            char c = inner.charAt(i);
            boolean legal = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (legal) {
                name.append(c);
            } else if (keepRuns || !afterUnderscore) {
                name.append('_');
            }
            afterUnderscore = !legal;
        }
        return reserved ? "__" + name + "__" : name.toString();
    }

    private String prefixed(String name) {
        char first = name.charAt(0);
        if (first >= '0' && first <= '9') {
            return "key_" + name;
        }
        return prefixUnderscore && first == '_' && !name.startsWith("__") ? "key" + name : name;
    }
}

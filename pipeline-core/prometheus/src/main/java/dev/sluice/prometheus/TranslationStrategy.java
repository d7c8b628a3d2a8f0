package dev.sluice.prometheus;

/** What becomes of OTLP names; the four choices are those of the OpenTelemetry specification for Prometheus exporters. */
public enum TranslationStrategy {
    UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
    UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
    NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
    NO_TRANSLATION("NoTranslation", false, false);

    private final String key;
    private final boolean escaped;
    private final boolean suffixes;

    TranslationStrategy(String key, boolean escaped, boolean suffixes) {
        this.key = key;
        this.escaped = escaped;
        this.suffixes = suffixes;
    }

    /** By the word in a configuration; where it is none of them, escaping, and suffixes as the older switch says. */
    public static TranslationStrategy of(String key, boolean suffixes) {
        for (TranslationStrategy strategy : values()) {
            if (strategy.key.equals(key)) {
                return strategy;
            }
        }
        return suffixes ? UNDERSCORE_ESCAPING_WITH_SUFFIXES : UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES;
    }

    /** The word in a configuration. */
    public String key() {
        return key;
    }

    /** Characters outside the old alphabet become underscores. */
    public boolean escaped() {
        return escaped;
    }

    /** Names end in the unit and, by the kind of metric, in {@code total} or {@code ratio}. */
    public boolean suffixes() {
        return suffixes;
    }
}

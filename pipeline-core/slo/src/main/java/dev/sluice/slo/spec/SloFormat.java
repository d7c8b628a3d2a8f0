package dev.sluice.slo.spec;

/** Formats, by what documents say of themselves. */
final class SloFormat {
    /** Under {@code version}. */
    static final String SLOTH = "prometheus/v1";

    /** Under {@code apiVersion}, as the next. */
    static final String OPENSLO = "openslo/v1";

    static final String SLOTH_KINDS = "sloth.slok.dev/v1";

    private SloFormat() {}
}

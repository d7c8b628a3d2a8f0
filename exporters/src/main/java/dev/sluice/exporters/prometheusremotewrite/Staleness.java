package dev.sluice.exporters.prometheusremotewrite;

/** The value by which Prometheus learns that a series has ended (model/value of Prometheus). */
final class Staleness {
    /** Of a signalling NaN; kept as bits, since a double may lose some of them. */
    static final long BITS = 0x7ff0000000000002L;

    private Staleness() {}
}

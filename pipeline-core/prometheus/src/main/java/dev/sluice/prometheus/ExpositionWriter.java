package dev.sluice.prometheus;

import dev.sluice.otlp.Bytes;

/**
 * Writes families in one format, piece by piece, so that a large answer need neither be held nor hold up its event loop. One for
 * each answer; one thread at a time.
 */
public sealed interface ExpositionWriter permits TextWriter, ProtobufWriter {
    static ExpositionWriter of(ExpositionFormat format) {
        return switch (format.kind()) {
            case TEXT -> new TextWriter(format.escaping(), false);
            case OPENMETRICS_0_0_1, OPENMETRICS_1_0_0 -> new TextWriter(format.escaping(), true);
            case PROTOBUF -> new ProtobufWriter(format.escaping());
        };
    }

    /** The whole of an answer that is not large. Families without samples are left out. */
    static Bytes write(ExpositionFormat format, Iterable<MetricFamily> families) {
        ExpositionWriter writer = of(format);
        for (MetricFamily family : families) {
            if (!family.samples().isEmpty()) {
                writer.begin(family.header());
                family.samples().forEach(writer::sample);
                writer.end();
            }
        }
        return writer.finish();
    }

    /** Opens a family. Every name comes once, and at least one sample follows. */
    void begin(MetricFamily.Header header);

    /** Throws {@link IllegalArgumentException} if the sample is not of the family's type. */
    void sample(Sample sample);

    /** Closes the family. */
    void end();

    /** What can be sent already; each byte is handed out once. */
    Bytes take();

    /** The rest. Nothing may follow. */
    Bytes finish();
}

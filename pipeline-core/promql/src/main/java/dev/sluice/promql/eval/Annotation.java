package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.syntax.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that the reader of a result should know, in Prometheus' words. Source: prometheus util/annotations.
 *
 * @param warning whether it is a warning rather than an information
 * @param text without the position
 * @param span the part of the query that it is about
 * @param detail what equal annotations gather
 */
record Annotation(boolean warning, String text, Span span, Detail detail) {
    /** What is shown behind the text, and how that of equal annotations is put together. */
    sealed interface Detail {
        String text();

        Detail and(Detail other);

        /** What must be equal, besides the text, for annotations to be put together. */
        default String key() {
            return "";
        }
    }

    /** Nothing more. */
    record Plain() implements Detail {
        static final Plain NONE = new Plain();

        @Override
        public String text() {
            return "";
        }

        @Override
        public Detail and(Detail other) {
            return this;
        }
    }

    /** The value furthest out of those that are all too high, or all too low. */
    record Extreme(double value, String after) implements Detail {
        @Override
        public String key() {
            return value > 0 ? "high" : "low";
        }

        @Override
        public String text() {
            return ", got " + GoFloat.g(value) + after;
        }

        @Override
        public Detail and(Detail other) {
            return other instanceof Extreme e && Math.abs(e.value) > Math.abs(value) ? e : this;
        }
    }

    /** How often it happened. */
    record Count(int count) implements Detail {
        @Override
        public String text() {
            return count > 1 ? " (" + count + " occurrences)" : "";
        }

        @Override
        public Detail and(Detail other) {
            return other instanceof Count c ? new Count(count + c.count) : this;
        }
    }

    /** Buckets whose counts had to be made to rise. */
    record Monotonicity(int samples, long from, long to, double minBucket, double maxBucket, double maxDifference)
            implements Detail {
        @Override
        public String text() {
            return ", from buckets " + GoFloat.g(minBucket) + " to " + GoFloat.g(maxBucket) + ", with a max diff of "
                    + GoFloat.g(maxDifference, 2) + ", over " + samples + " samples from " + time(from) + " to "
                    + time(to);
        }

        private static Instant time(long millis) {
            return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
        }

        @Override
        public Detail and(Detail other) {
            return other instanceof Monotonicity m
                    ? new Monotonicity(
                            samples + m.samples,
                            Math.min(from, m.from),
                            Math.max(to, m.to),
                            Math.min(minBucket, m.minBucket),
                            Math.max(maxBucket, m.maxBucket),
                            Math.max(maxDifference, m.maxDifference))
                    : this;
        }
    }

    private static final String WARNING = "PromQL warning: ";
    private static final String INFO = "PromQL info: ";

    static Annotation warning(String text, Span span) {
        return warning(text, span, Plain.NONE);
    }

    static Annotation warning(String text, Span span, Detail detail) {
        return new Annotation(true, WARNING + text, span, detail);
    }

    static Annotation info(String text, Span span) {
        return info(text, span, Plain.NONE);
    }

    static Annotation info(String text, Span span, Detail detail) {
        return new Annotation(false, INFO + text, span, detail);
    }

    String key() {
        return text + detail.key();
    }

    Annotation and(Annotation other) {
        return new Annotation(warning, text, span, detail.and(other.detail));
    }

    String message(String query) {
        return text + detail.text() + " (" + span.position(query) + ")";
    }
}

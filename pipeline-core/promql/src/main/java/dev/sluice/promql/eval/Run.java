package dev.sluice.promql.eval;

import dev.sluice.promql.series.SeriesSource;

/** One run of a query: over what, when, and what there is to say about it. Times in milliseconds since 1970. */
final class Run {
    private final SeriesSource source;
    private final long start;
    private final long end;
    private final long step;
    private final QueryOptions options;
    private final Annotations annotations = new Annotations();

    /** @param step 0 for an instant */
    Run(SeriesSource source, long start, long end, long step, QueryOptions options) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.step = step;
        this.options = options;
    }

    SeriesSource source() {
        return source;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    long step() {
        return step;
    }

    /** Whether there may be more than one step. */
    boolean overRange() {
        return start != end;
    }

    QueryOptions options() {
        return options;
    }

    boolean keepsNames() {
        return options.delayedNameRemoval();
    }

    void note(Annotation annotation) {
        annotations.add(annotation);
    }

    Annotations annotations() {
        return annotations;
    }
}

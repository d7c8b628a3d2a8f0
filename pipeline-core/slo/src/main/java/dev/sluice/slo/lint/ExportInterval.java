package dev.sluice.slo.lint;

import dev.sluice.promql.series.Series;
import java.util.List;
import java.util.stream.LongStream;

/** How often samples come. */
final class ExportInterval {
    private ExportInterval() {}

    /** The median of the times between the samples of the series, in milliseconds; 0 if none has two. */
    static long of(List<Series> series) {
        long[] gaps = series.stream()
                .flatMapToLong(one ->
                        LongStream.range(one.from() + 1L, one.to()).map(i -> one.time((int) i) - one.time((int) i - 1)))
                .sorted()
                .toArray();
        return gaps.length == 0 ? 0 : gaps[gaps.length / 2];
    }
}

package dev.sluice.promql.script;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series to load, each value a step after the one before; the first is at time 0. */
final class LoadCommand implements Command {
    private final long step;
    private final boolean withNative;
    private final Map<Labels, Sequence> series = new LinkedHashMap<>();

    private record Sequence(List<SequenceValue> values, List<SequenceValue> starts) {}

    /**
     * @param step milliseconds
     * @param withNative whether classic histograms are to be native ones besides
     */
    LoadCommand(long step, boolean withNative) {
        this.step = step;
        this.withNative = withNative;
    }

    /** @param starts when counters had started, in milliseconds relative to the samples; empty for unknown */
    void add(Labels labels, List<SequenceValue> values, List<SequenceValue> starts) {
        series.put(labels, new Sequence(values, starts));
    }

    void load(MemorySeries target) {
        ClassicConversion conversion = new ClassicConversion();
        series.forEach((labels, sequence) -> {
            Series one = target.series(labels);
            ChunkHints hints = new ChunkHints();
            for (int i = 0; i < sequence.values.size(); i++) {
                SequenceValue value = sequence.values.get(i);
                if (value.omitted()) {
                    continue;
                }
                long time = i * step;
                long start = start(sequence, i, time);
                NativeHistogram histogram = value.histogram();
                if (histogram == null) {
                    hints.value();
                    one.add(time, start, value.value(), null);
                    conversion.add(labels, time, value.value());
                } else {
                    one.add(time, start, histogram.sum(), hints.histogram(histogram));
                }
            }
        });
        if (withNative) {
            Map<Labels, ChunkHints> hints = new HashMap<>();
            conversion.convert((labels, time, histogram) -> target.series(labels)
                    .add(
                            time,
                            hints.computeIfAbsent(labels, l -> new ChunkHints()).histogram(histogram)));
        }
    }

    private static long start(Sequence sequence, int i, long time) {
        if (sequence.starts.isEmpty() || sequence.starts.get(i).omitted()) {
            return 0;
        }
        return time + (long) sequence.starts.get(i).value();
    }
}

package dev.sluice.promql.script;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series of which each value comes a step after the one before. They can be loaded bit by bit, so that nobody sees the future. For one thread. */
public final class SeriesLoad {
    private final long start;
    private final long step;
    private final Map<Labels, Sequence> series = new LinkedHashMap<>();
    private int next;

    private record Sequence(List<SequenceValue> values, List<SequenceValue> starts, ChunkHints hints) {}

    /**
     * @param start time of the first values, in milliseconds since 1970
     * @param step milliseconds
     */
    public SeriesLoad(long start, long step) {
        this.start = start;
        this.step = step;
    }

    public void add(SeriesNotation notation) {
        add(notation.labels(), notation.values(), List.of());
    }

    /** @param starts when counters had started, in milliseconds relative to the samples; empty for unknown */
    void add(Labels labels, List<SequenceValue> values, List<SequenceValue> starts) {
        series.put(labels, new Sequence(values, starts, new ChunkHints()));
    }

    /** Loads what has not been loaded yet and is not later than that. */
    public void until(long time, MemorySeries target) {
        int longest =
                series.values().stream().mapToInt(s -> s.values.size()).max().orElse(0);
        while (next < longest && start + next * step <= time) {
            int index = next++;
            series.forEach((labels, sequence) -> load(labels, sequence, index, target));
        }
    }

    private void load(Labels labels, Sequence sequence, int index, MemorySeries target) {
        if (index >= sequence.values.size() || sequence.values.get(index).omitted()) {
            return;
        }
        SequenceValue value = sequence.values.get(index);
        long time = start + index * step;
        NativeHistogram histogram = value.histogram();
        if (histogram == null) {
            sequence.hints.value();
            target.series(labels).add(time, started(sequence, index, time), value.value(), null);
        } else {
            target.series(labels)
                    .add(time, started(sequence, index, time), histogram.sum(), sequence.hints.histogram(histogram));
        }
    }

    private static long started(Sequence sequence, int index, long time) {
        if (sequence.starts.isEmpty() || sequence.starts.get(index).omitted()) {
            return 0;
        }
        return time + (long) sequence.starts.get(index).value();
    }
}

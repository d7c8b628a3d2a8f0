package dev.sluice.promql.script;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Series to load, each value a step after the one before; the first is at time 0. */
final class LoadCommand implements Command {
    private final long step;
    private final boolean withNative;
    private final Map<Labels, List<SequenceValue>> classic = new HashMap<>();
    private final SeriesLoad series;

    /**
     * @param step milliseconds
     * @param withNative whether classic histograms are to be native ones besides
     */
    LoadCommand(long step, boolean withNative) {
        this.step = step;
        this.withNative = withNative;
        series = new SeriesLoad(0, step);
    }

    /** @param starts when counters had started, in milliseconds relative to the samples; empty for unknown */
    void add(Labels labels, List<SequenceValue> values, List<SequenceValue> starts) {
        series.add(labels, values, starts);
        classic.put(labels, values);
    }

    /** The series bit by bit, without what {@code withNative} adds. */
    SeriesLoad series() {
        return series;
    }

    void load(MemorySeries target) {
        series.until(Long.MAX_VALUE, target);
        if (withNative) {
            convert(target);
        }
    }

    private void convert(MemorySeries target) {
        ClassicConversion conversion = new ClassicConversion();
        classic.forEach((labels, values) -> {
            for (int i = 0; i < values.size(); i++) {
                SequenceValue value = values.get(i);
                if (!value.omitted() && value.histogram() == null) {
                    conversion.add(labels, i * step, value.value());
                }
            }
        });
        Map<Labels, ChunkHints> hints = new HashMap<>();
        conversion.convert((labels, time, histogram) -> target.series(labels)
                .add(time, hints.computeIfAbsent(labels, l -> new ChunkHints()).histogram(histogram)));
    }
}

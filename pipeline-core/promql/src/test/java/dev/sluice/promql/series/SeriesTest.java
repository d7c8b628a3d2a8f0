package dev.sluice.promql.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    private static final NativeHistogram HISTOGRAM =
            NativeHistogram.exponential(ResetHint.UNKNOWN, 0, 0, 0, 1, 2, Buckets.from(0, 1), Buckets.NONE);

    @Test
    void samplesStayInOrderWhateverIsAddedLateOrDropped() {
        Random random = new Random(7);
        Series series = new Series(Labels.of("a", "1"));
        TreeMap<Long, Double> model = new TreeMap<>();
        long now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(3);
            long time = now - (random.nextInt(10) == 0 ? random.nextInt(20) : 0);
            if (!model.isEmpty() && time < model.firstKey()) {
                continue;
            }
            boolean added = series.add(time, i);
            assertThat(added).isEqualTo(!model.containsKey(time));
            model.putIfAbsent(time, (double) i);
            if (random.nextInt(50) == 0) {
                long until = now - 100;
                series.dropUntil(until);
                model.headMap(until, true).clear();
            }
        }
        Map<Long, Double> kept = new TreeMap<>();
        List<Long> times = new ArrayList<>();
        for (int i = series.from(); i < series.to(); i++) {
            kept.put(series.time(i), series.value(i));
            times.add(series.time(i));
        }
        assertThat(kept).isEqualTo(model);
        assertThat(times).isSorted();
        assertThat(series.size()).isEqualTo(model.size());
    }

    @Test
    void histogramsStartsAndEndsAreKeptWithTheirSamples() {
        Series series = new Series(Labels.EMPTY);
        for (int i = 1; i <= 20; i++) {
            series.add(i * 10L, i);
        }
        assertThat(series.floatsOnly()).isTrue();
        assertThat(series.starts()).isNull();
        series.add(210, 5, 1, null);
        series.add(220, HISTOGRAM);
        series.add(230, Series.STALE);
        series.add(215, 7, 3, null);
        assertThat(series.floatsOnly()).isFalse();
        int at = series.after(215) - 1;
        assertThat(series.start(at)).isEqualTo(7);
        assertThat(series.start(series.from())).isZero();
        assertThat(series.histogram(at + 1)).isEqualTo(HISTOGRAM);
        assertThat(series.histogram(at)).isNull();
        assertThat(Series.stale(series.value(at + 2))).isTrue();
        assertThat(Series.stale(Double.NaN)).isFalse();
        series.dropUntil(230);
        assertThat(series.size()).isZero();
        assertThat(series.floatsOnly()).isTrue();
        assertThat(series).hasToString("{} with 0 samples");
    }

    @Test
    void selectionsFollowTheSeries() {
        MemorySeries memory = new MemorySeries();
        List<Matcher> up = List.of(Matcher.equal("__name__", "up"), new Matcher(MatchType.REGEX, "job", "a|b"));
        List<Matcher> any = List.of(Matcher.equal("job", "a"));
        memory.series(Labels.of("__name__", "up", "job", "a"));
        assertThat(memory.select(up, 0, 1)).hasSize(1);
        assertThat(memory.select(any, 0, 1)).hasSize(1);
        Series b = memory.series(Labels.of("__name__", "up", "job", "b"));
        memory.series(Labels.of("__name__", "up", "job", "c"));
        memory.series(Labels.of("__name__", "down", "job", "a"));
        memory.series(Labels.of("job", "a"));
        assertThat(memory.series(Labels.of("__name__", "up", "job", "b"))).isSameAs(b);
        assertThat(memory.find(Labels.of("job", "a"))).isNotNull();
        assertThat(memory.select(up, 0, 1)).hasSize(2);
        assertThat(memory.select(any, 0, 1)).hasSize(3);
        memory.removeIf(s -> s == b);
        memory.removeIf(s -> false);
        assertThat(memory.select(up, 0, 1)).hasSize(1);
        assertThat(memory.size()).isEqualTo(4);
        assertThat(memory.all()).hasSize(4);
        memory.clear();
        assertThat(memory.select(up, 0, 1)).isEmpty();
    }

    @Test
    void forgottenSelectionsAreMadeAnew() {
        MemorySeries memory = new MemorySeries();
        memory.series(Labels.of("__name__", "up", "n", "5"));
        for (int i = 0; i < 20_000; i++) {
            List<Series> selected =
                    memory.select(List.of(Matcher.equal("__name__", "up"), Matcher.equal("n", "" + i)), 0, 1);
            assertThat(selected).hasSize(i == 5 ? 1 : 0);
        }
        assertThat(memory.select(List.of(Matcher.equal("n", "5")), 0, 1)).hasSize(1);
    }

    @Test
    void selectionsHoldWhatTheirMatchersMatch() {
        List<MatchType> types = List.of(MatchType.values());
        Random random = new Random(7);
        MemorySeries memory = new MemorySeries();
        for (int round = 0; round < 3000; round++) {
            memory.series(Labels.of(
                    "__name__", "m" + random.nextInt(2), "a", value(random), "b", value(random), "c", value(random)));
            List<Matcher> matchers = new ArrayList<>();
            if (random.nextBoolean()) {
                matchers.add(Matcher.equal("__name__", "m" + random.nextInt(3)));
            }
            for (String label : List.of("a", "b", "c")) {
                MatchType type = types.get(random.nextInt(types.size()));
                if (random.nextInt(3) == 0) {
                    matchers.add(new Matcher(type, label, value(random)));
                }
            }
            if (random.nextInt(10) == 0) {
                String gone = value(random);
                memory.removeIf(s -> s.labels().get("a").equals(gone));
            }
            assertThat(memory.select(matchers, 0, 1))
                    .containsExactlyInAnyOrderElementsOf(memory.all().stream()
                            .filter(s -> matchers.stream()
                                    .allMatch(m -> m.matches(s.labels().get(m.name()))))
                            .toList());
        }
    }

    /** One of a few values, or none. */
    private static String value(Random random) {
        int n = random.nextInt(6);
        return n == 0 ? "" : "v" + n;
    }
}

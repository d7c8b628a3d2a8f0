package dev.sluice.slo.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.series.PointSeries.Values;
import dev.sluice.testkit.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long windows in panes, against the samples that they stand for. */
class PanesTest {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long BEGIN = 950_000_000_000L;

    private static final QueryOptions EXACT = QueryOptions.DEFAULT.withStartTimestamps(true);
    private static final QueryOptions AUTO = EXACT.withLongestExact(HOUR);

    private final Losses losses = new Losses();

    /** Samples of a counter as they are, for sums that nobody has extrapolated. */
    private static final class Counter {
        private final Labels labels;
        private long start;
        private double value;
        private final List<long[]> samples = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        private Counter(Labels labels, long start) {
            this.labels = labels;
            this.start = start;
        }

        private void restart(long at) {
            start = at;
            value = 0;
        }

        private void sample(long time) {
            samples.add(new long[] {time, start});
            values.add(value);
        }

        /** What it gained between samples that both lie in the window, or from a start in it; NaN if there is nothing of that. */
        private double increase(long begin, long end) {
            double sum = 0;
            boolean seen = false;
            int last = -1;
            for (int i = 0; i < samples.size(); i++) {
                long time = samples.get(i)[0];
                long started = samples.get(i)[1];
                if (time <= begin || time > end) {
                    continue;
                }
                boolean anew = last < 0 || started != samples.get(last)[1] || values.get(i) < values.get(last);
                if (last >= 0 || (started > begin && started < time)) {
                    sum += values.get(i) - (anew ? 0 : values.get(last));
                    seen = true;
                }
                last = i;
            }
            return seen ? sum : Double.NaN;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void panesLieBetweenTheWindowLessAPaneAndTheWindowAndAPane(long seed) throws ParseException {
        SplittableRandom random = new SplittableRandom(seed);
        long range = seed % 2 == 0 ? 2 * HOUR : 3 * HOUR + 20 * MINUTE;
        long pane = range / 60;
        Query query = Query.compile("sum by (path) (increase(x_total[%ds]))".formatted(range / SECOND), AUTO);
        RuleSelectors selectors = Reading.of(AUTO, query.toString());
        SeriesStore store = new SeriesStore(selectors, LimitsConfig.DEFAULT, losses);
        Feed feed = new Feed(store, selectors, Values.SHOWN);
        List<Counter> counters = new ArrayList<>();
        int compared = 0;
        for (long now = BEGIN; now < BEGIN + 12 * HOUR; now += 15 * SECOND) {
            if (counters.size() < 12 && random.nextInt(60) == 0) {
                Labels labels = Labels.of("__name__", "x_total", "path", "/" + counters.size() % 3, "pod", "" + now);
                counters.add(new Counter(labels, random.nextBoolean() ? now - random.nextLong(5 * MINUTE) : 0));
            }
            List<Runnable> arrivals = new ArrayList<>();
            for (Counter counter : counters) {
                long at = now - random.nextLong(10 * SECOND);
                if (random.nextInt(2000) == 0) {
                    counter.restart(counter.start == 0 ? 0 : at - 1);
                }
                counter.value += random.nextInt(4) == 0 ? random.nextInt(50) : 0;
                // Some are away for up to an hour.
                if (Math.floorMod(counter.labels.hashCode() + now / HOUR, 5) != 0 && random.nextInt(10) > 0) {
                    counter.sample(at);
                    arrivals.add(arrival(feed, counter));
                }
            }
            for (; !arrivals.isEmpty(); arrivals.remove(0)) {
                arrivals.getFirst().run();
            }
            long time = now - 10 * SECOND;
            store.settle(time);
            if (random.nextInt(40) == 0) {
                compared += compare(query, store, counters, time, range, pane);
            }
        }
        assertThat(compared).isGreaterThan(100);
        assertThat(losses.all()).isEmpty();
    }

    private static Runnable arrival(Feed feed, Counter counter) {
        long[] sample = counter.samples.getLast();
        double value = counter.values.getLast();
        return () -> feed.sample(counter.labels, sample[0], sample[1], value);
    }

    /** How many groups there were. */
    private static int compare(
            Query query, SeriesStore store, List<Counter> counters, long time, long range, long pane) {
        Map<String, Double> kept = values(query, store, time, "path");
        Map<String, Double> less = exact(counters, time - range + pane, time);
        Map<String, Double> more = exact(counters, time - range - pane, time);
        assertThat(kept.keySet()).isEqualTo(exact(counters, time - range, time).keySet());
        kept.forEach((path, value) ->
                assertThat(value).isBetween(less.getOrDefault(path, 0.0) - 1e-6, more.getOrDefault(path, 0.0) + 1e-6));
        return kept.size();
    }

    private static Map<String, Double> exact(List<Counter> counters, long begin, long end) {
        Map<String, Double> sums = new TreeMap<>();
        for (Counter counter : counters) {
            double increase = counter.increase(begin, end);
            if (!Double.isNaN(increase)) {
                sums.merge(counter.labels.get("path"), increase, Double::sum);
            }
        }
        return sums;
    }

    private static Map<String, Double> values(Query query, SeriesSource source, long time, String label) {
        Vector vector = ((VectorValue) query.at(source, time).value()).vector();
        Map<String, Double> values = new TreeMap<>();
        for (int i = 0; i < vector.size(); i++) {
            values.put(vector.labels(i).get(label), vector.value(i));
        }
        return values;
    }

    /** What steady traffic gives in each way of keeping it. */
    private static final class Steady {
        private final MemorySeries samples = new MemorySeries();
        private final SeriesStore store;
        private final Feed feed;

        private Steady(StoreListener losses, QueryOptions options, String... expressions) {
            RuleSelectors selectors = Reading.of(options, expressions);
            store = new SeriesStore(
                    selectors, Configs.with(LimitsConfig.DEFAULT, "max_samples_per_series", 100_000), losses);
            feed = new Feed(store, selectors, Values.SHOWN);
        }

        /** Five requests a minute of each of two paths. */
        private void serve(long duration) {
            for (long time = BEGIN; time <= BEGIN + duration; time += MINUTE) {
                for (String path : List.of("a", "b")) {
                    Labels labels = Labels.of("__name__", "x_total", "path", path);
                    double value = 5.0 * (time - BEGIN) / MINUTE + 1000;
                    samples.series(labels).add(time, BEGIN - DAY * 90, value, null);
                    feed.sample(labels, time, BEGIN - DAY * 90, value);
                }
            }
        }

        private void sameAsSamples(String text, QueryOptions options, long time, double tolerance)
                throws ParseException {
            Map<String, Double> expected = values(Query.compile(text, EXACT), samples, time, "path");
            Map<String, Double> actual = values(Query.compile(text, options), store, time, "path");
            assertThat(actual.keySet()).as(text).isEqualTo(expected.keySet()).isNotEmpty();
            actual.forEach((path, value) -> assertThat(value)
                    .as(text)
                    .isCloseTo(expected.get(path), within(tolerance * Math.abs(expected.get(path)))));
        }
    }

    @Test
    void whatHasToBeExactIsWhatTheSamplesGiveToTheLastBit() throws ParseException {
        String[] expressions = {
            "sum by (path) (rate(x_total[3h]))", "increase(x_total[1h])", "sum(sum_over_time(x_total[30m]))"
        };
        Steady steady = new Steady(losses, EXACT, expressions);
        steady.serve(5 * HOUR);
        for (String expression : expressions) {
            steady.sameAsSamples(expression, EXACT, BEGIN + 5 * HOUR - 7 * SECOND, 0);
        }
    }

    @Test
    void rangesOfAnHourAreExactBesidesLongOnesOfTheSameSeries() throws ParseException {
        String[] exact = {
            "sum by (path) (rate(x_total[1h]))",
            "max by (path) (rate(x_total[5m]))",
            "max_over_time(sum by (path) (rate(x_total[2h]))[1h:10m])",
            "sum by (path) (rate(x_total[2h] offset 5m))",
            "max by (path) (max_over_time(x_total[2h]))",
        };
        String[] panes = {
            "sum by (path) (rate(x_total[2h]))",
            "sum without (job) (increase(x_total[3d]))",
            "rate(x_total[3h])",
            "sum_over_time(x_total[3h]) / count_over_time(x_total[3h])",
            "1 - (sum by (path) (rate(x_total[6h])) / (2 * sum by (path) (rate(x_total[2h]))))",
        };
        List<String> all = new ArrayList<>(List.of(exact));
        all.addAll(List.of(panes));
        Steady steady = new Steady(losses, AUTO, all.toArray(String[]::new));
        steady.serve(4 * DAY);
        long time = BEGIN + 4 * DAY - 7 * SECOND;
        for (String expression : exact) {
            steady.sameAsSamples(expression, AUTO, time, 0);
        }
        for (String expression : panes) {
            // What is extrapolated for the minute before the first sample, panes do not have.
            steady.sameAsSamples(expression, AUTO, time, 0.011);
        }
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void whatHasBeenSeenOfAWindowIsDividedByAllOfIt() throws ParseException {
        String rate = "sum by (path) (rate(x_total[30d]))";
        Steady steady = new Steady(losses, AUTO, rate);
        steady.serve(2 * HOUR);
        // Prometheus would add half a minute before the first sample and the seconds after the last.
        steady.sameAsSamples(rate, AUTO, BEGIN + 2 * HOUR, 0.005);
    }

    @Test
    void windowsOfThirtyDaysOverFiveHundredSeriesTakeLittle() throws ParseException {
        String rule = "sum by (path) (rate(x_total[30d])) / sum by (path) (rate(x_total[3d]))";
        RuleSelectors selectors = Reading.of(AUTO, rule);
        SeriesStore store = new SeriesStore(selectors, LimitsConfig.DEFAULT, losses);
        List<Labels> series = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            series.add(Labels.of("__name__", "x_total", "path", "/" + i % 10, "pod", "p" + i));
        }
        for (long time = BEGIN; time <= BEGIN + 31 * DAY; time += 10 * MINUTE) {
            for (Labels each : series) {
                store.append(each, time, (time - BEGIN) / (double) MINUTE, null);
            }
            store.settle(time);
        }
        int samples = store.all().stream().mapToInt(Series::size).sum();
        assertThat(samples).isLessThanOrEqualTo(2 * 500);
        assertThat(store.groups()).isEqualTo(2 * 10);
        // As samples alone, 30 days would be 34 MB.
        assertThat(store.bytes()).isLessThan(512 * 1024);
        values(Query.compile(rule, AUTO), store, BEGIN + 31 * DAY, "path")
                .values()
                .forEach(ratio -> assertThat(ratio).isCloseTo(1, within(0.004)));
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void groupsBeyondTheBoundAreCountedAndComeWhenThereIsRoom() throws ParseException {
        Query query = Query.compile("sum by (path) (increase(x_total[2h]))", AUTO);
        RuleSelectors selectors = Reading.of(AUTO, query.toString());
        SeriesStore store =
                new SeriesStore(selectors, Configs.with(LimitsConfig.DEFAULT, "max_groups_per_rule", 1), losses);
        Feed feed = new Feed(store, selectors, Values.SHOWN);
        Labels first = Labels.of("__name__", "x_total", "path", "a");
        Labels second = Labels.of("__name__", "x_total", "path", "b");
        for (long time = BEGIN; time <= BEGIN + 12 * HOUR; time += MINUTE) {
            if (time < BEGIN + HOUR) {
                feed.sample(first, time, 0, (double) time);
            }
            feed.sample(second, time, 0, (time - BEGIN) / (double) MINUTE);
            store.settle(time);
            if (time == BEGIN + 30 * MINUTE) {
                assertThat(losses.rejected.get("R0")).isGreaterThan(1);
                assertThat(values(query, store, time, "path")).containsOnlyKeys("a");
            }
        }
        // The first was forgotten two ranges after its last sample, and its group when nothing of it was in the window.
        assertThat(values(query, store, BEGIN + 12 * HOUR, "path"))
                .containsOnlyKeys("b")
                .allSatisfy((path, value) -> assertThat(value).isCloseTo(120, within(2.0)));
        assertThat(store.groups()).isEqualTo(1);
    }

    @Test
    void whatWasForgottenIsNotCountedFromItsStartAgain() throws ParseException {
        Query query = Query.compile("sum(increase(x_total[30d]))", AUTO);
        RuleSelectors selectors = Reading.of(AUTO, query.toString());
        SeriesStore store = new SeriesStore(selectors, LimitsConfig.DEFAULT, losses);
        Feed feed = new Feed(store, selectors, Values.SHOWN);
        Labels labels = Labels.of("__name__", "x_total");
        long start = BEGIN - HOUR;
        feed.sample(labels, BEGIN, start, 1000);
        feed.sample(labels, BEGIN + MINUTE, start, 1010);
        assertThat(values(query, store, BEGIN + MINUTE, "")).containsValue(1010.0);
        for (long time = BEGIN; time < BEGIN + 2 * DAY; time += HOUR) {
            store.settle(time);
        }
        assertThat(store.size()).isZero();
        long again = BEGIN + 2 * DAY;
        feed.sample(labels, again, start, 1500);
        feed.sample(labels, again + MINUTE, start, 1520);
        assertThat(values(query, store, again + MINUTE, "")).containsValue(1030.0);
        Labels young = Labels.of("__name__", "x_total", "pod", "young");
        feed.sample(young, again + 2 * MINUTE, again, 7);
        assertThat(values(query, store, again + 2 * MINUTE, ""))
                .as("a counter that has started since is counted from zero")
                .containsValue(1037.0);
    }

    @Test
    void endedSeriesAndThoseWithoutNumbersAddNothing() throws ParseException {
        Query query = Query.compile("sum(increase(x_total[2h]))", AUTO);
        RuleSelectors selectors = Reading.of(AUTO, query.toString());
        SeriesStore store = new SeriesStore(selectors, LimitsConfig.DEFAULT, losses);
        Feed feed = new Feed(store, selectors, Values.SHOWN);
        Labels labels = Labels.of("__name__", "x_total");
        double[] values = {10, 20, Series.STALE, 25, Double.NaN, 40, 5};
        for (int i = 0; i < values.length; i++) {
            feed.sample(labels, BEGIN + i * MINUTE, 0, values[i]);
        }
        assertThat(values(query, store, BEGIN + 6 * MINUTE, "")).containsValue(35.0);
        assertThat(values(query, store, BEGIN + 3 * HOUR, "")).isEmpty();
    }

    @Test
    void afterAChangeOfRulesWindowsGoOnAndNewOnesHaveWhatThereAreSamplesOf() throws ParseException {
        String same = "sum by (path) (increase(x_total[2h]))";
        String added = "sum by (path) (increase(x_total[6h]))";
        String shortOne = "rate(x_total[30m])";
        Steady steady = new Steady(losses, AUTO, same, shortOne);
        steady.serve(5 * HOUR);
        RuleSelectors changed = Reading.of(AUTO, same, added, shortOne);
        SeriesStore newer = new SeriesStore(changed, LimitsConfig.DEFAULT, losses);
        newer.takeOver(steady.store);
        long time = BEGIN + 5 * HOUR;
        assertThat(values(Query.compile(same, AUTO), newer, time, "path"))
                .isEqualTo(values(Query.compile(same, AUTO), steady.store, time, "path"))
                .containsOnlyKeys("a", "b");
        values(Query.compile(added, AUTO), newer, time, "path")
                .values()
                .forEach(value -> assertThat(value).isCloseTo(30 * 5, within(10.0)));
        Feed feed = new Feed(newer, changed, Values.SHOWN);
        feed.sample(Labels.of("__name__", "x_total", "path", "a"), time + MINUTE, BEGIN - DAY * 90, 1000 + 301 * 5);
        assertThat(values(Query.compile(same, AUTO), newer, time + MINUTE, "path")
                        .get("a"))
                .isCloseTo(600, within(6.0));
    }
}

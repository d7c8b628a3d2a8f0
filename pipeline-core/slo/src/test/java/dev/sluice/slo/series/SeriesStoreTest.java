package dev.sluice.slo.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Series;
import dev.sluice.slo.series.PointSeries.Values;
import dev.sluice.testkit.Configs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the store keeps of samples, for how long, and what it says of the rest. */
class SeriesStoreTest {
    private static final Labels A = Labels.of("__name__", "x", "path", "a");
    private static final Labels B = Labels.of("__name__", "x", "path", "b");

    private final Losses losses = new Losses();
    private final RuleSelectors selectors =
            Reading.of("rate(x[1m]) > 0", "x offset 10m > 0", "rate(y{job=\"a\"}[1m]) > 0");
    private final SeriesStore store = new SeriesStore(selectors, LimitsConfig.DEFAULT, losses);
    private final Feed feed = new Feed(store, selectors, Values.SHOWN);

    @Test
    void onlySeriesThatASelectorMatchesAreKept() {
        assertThat(feed.sample(A, 1000, 0, 1)).isTrue();
        assertThat(feed.sample(Labels.of("__name__", "y", "job", "b"), 1000, 0, 1))
                .isFalse();
        assertThat(feed.sample(Labels.of("__name__", "z"), 1000, 0, 1)).isFalse();
        assertThat(feed.sample(Labels.of("__name__", "y", "job", "a"), 1000, 0, 1))
                .isTrue();
        assertThat(store.size()).isEqualTo(2);
        assertThat(selectors.mayRead("y")).isTrue();
        assertThat(selectors.mayRead("z")).isFalse();
    }

    @Test
    void samplesAreKeptAsFarBackAsTheFarthestReachingRuleLooks() {
        Labels y = Labels.of("__name__", "y", "job", "a");
        for (int t = 0; t <= 2000; t++) {
            feed.sample(A, t * 1000L, 0, t);
            feed.sample(y, t * 1000L, 0, t);
        }
        // An instant selector 10 minutes ago looks back another 5; 20 seconds are the slack.
        assertThat(times(A).getFirst()).isEqualTo((2000 - 920 + 1) * 1000L);
        assertThat(times(y).getFirst()).isEqualTo((2000 - 80 + 1) * 1000L);
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void lateSamplesAreInsertedInOrderAndOlderOnesCounted() {
        feed.sample(A, 2_000_000, 0, 1);
        feed.sample(A, 1_500_000, 0, 2);
        feed.sample(A, 1_080_000, 0, 3);
        feed.sample(A, 1_080_001, 0, 4);
        assertThat(times(A)).containsExactly(1_080_001L, 1_500_000L, 2_000_000L);
        assertThat(losses.all()).containsExactly("late=1");
    }

    @Test
    void ofTwoSamplesOfOneTimeTheFirstStaysAndTheOtherIsCounted() {
        feed.sample(A, 1000, 0, 1);
        feed.sample(A, 1000, 0, 2);
        assertThat(values(A)).containsExactly(1.0);
        assertThat(losses.all()).containsExactly("duplicate=1");
    }

    @Test
    void aSampleFarAheadOfTheClockDoesNotPushTheOthersOut() {
        feed.sample(A, 1000, 0, 1);
        feed.sample(A, feed.now + 600_001, 0, 2);
        assertThat(values(A)).containsExactly(1.0);
        assertThat(store.newest()).isEqualTo(1000);
        assertThat(losses.all()).containsExactly("future=1");
    }

    @Test
    void aSeriesHoldsNoMoreThanSoManySamples() {
        SeriesStore small =
                new SeriesStore(selectors, Configs.with(LimitsConfig.DEFAULT, "max_samples_per_series", 3), losses);
        Feed into = new Feed(small, selectors, Values.SHOWN);
        for (int t = 1; t <= 5; t++) {
            into.sample(A, t * 1000L, 0, t);
        }
        into.sample(A, 500, 0, 9);
        assertThat(values(small, A)).containsExactly(3.0, 4.0, 5.0);
        assertThat(losses.all()).containsExactly("overflow=3");
    }

    @Test
    void beyondTheBoundNewSeriesAreRefusedByRuleAndOldOnesGoOn() {
        SeriesStore small = new SeriesStore(selectors, Configs.with(LimitsConfig.DEFAULT, "max_series", 1), losses);
        Feed into = new Feed(small, selectors, Values.SHOWN);
        into.sample(A, 1000, 0, 1);
        into.sample(B, 1000, 0, 2);
        into.sample(B, 2000, 0, 2);
        into.sample(A, 2000, 0, 3);
        assertThat(values(small, A)).containsExactly(1.0, 3.0);
        assertThat(small.size()).isEqualTo(1);
        assertThat(losses.all()).containsExactly("R0=2", "R1=2");
        small.settle(10_000_000);
        into.sample(B, 10_000_000, 0, 5);
        assertThat(values(small, B)).containsExactly(5.0);
    }

    @Test
    void aSeriesExpiresWithoutSamplesAndSoonerAfterAStaleMarker() {
        Labels y = Labels.of("__name__", "y", "job", "a");
        Labels ended = Labels.of("__name__", "y", "job", "a", "path", "b");
        feed.sample(y, 0, 0, 1);
        feed.sample(ended, 0, 0, Series.STALE);
        store.settle(79_999);
        assertThat(store.size()).isEqualTo(2);
        // Its range and the slack have passed: nothing before the marker can be seen.
        store.settle(110_000);
        assertThat(times(ended)).isEmpty();
        assertThat(times(y)).isNotEmpty();
        // The look-back is longer than twice the range.
        store.settle(299_999);
        assertThat(times(y)).isNotEmpty();
        store.settle(330_000);
        assertThat(store.size()).isZero();
        feed.sample(y, 400_000, 0, 2);
        assertThat(values(y)).containsExactly(2.0);
    }

    @Test
    void rulesReadWhatRulesWrite() {
        RuleSelectors own = Reading.of("ratio > 0.1");
        SeriesStore written = new SeriesStore(own, LimitsConfig.DEFAULT, losses);
        Labels ratio = Labels.of("__name__", "ratio", "path", "a");
        assertThat(written.append(ratio, 1000, 0.5, null)).isTrue();
        assertThat(written.append(ratio, 2000, 0.6, null)).isTrue();
        assertThat(written.append(ratio, 2000, 0.7, null)).isFalse();
        assertThat(written.append(Labels.of("__name__", "ALERTS"), 1000, 1, null))
                .isTrue();
        assertThat(values(written, ratio)).containsExactly(0.5, 0.6);
        assertThat(written.size()).isEqualTo(1);
        assertThat(written.newest()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void allSeriesOfAHistogramEndWhenItsSenderSaysSoWithoutBounds() {
        Labels low = A.with("le", "1");
        Labels high = A.with("le", "+Inf");
        feed.sample(low, 1000, 0, 1);
        feed.sample(high, 1000, 0, 2);
        feed.sample(B.with("le", "1"), 1000, 0, 2);
        feed.sample(A, 1000, 0, 2);
        feed.end(A, "le", 2000);
        assertThat(List.of(low, high))
                .allSatisfy(labels ->
                        assertThat(Series.stale(values(labels).getLast())).isTrue());
        assertThat(List.of(B.with("le", "1"), A))
                .allSatisfy(labels -> assertThat(values(labels)).hasSize(1));
    }

    @Test
    void otherRulesGoOnWithTheSamplesThatTheyRead() {
        feed.sample(A, 1000, 0, 1);
        feed.sample(Labels.of("__name__", "y", "job", "a"), 1000, 0, 1);
        RuleSelectors changed = Reading.of("increase(x{path=\"a\"}[5m]) > 0");
        SeriesStore newer = new SeriesStore(changed, LimitsConfig.DEFAULT, losses);
        newer.takeOver(store);
        new Feed(newer, changed, Values.SHOWN).sample(A, 2000, 0, 2);
        assertThat(newer.size()).isEqualTo(1);
        assertThat(values(newer, A)).containsExactly(1.0, 2.0);
        assertThat(newer.newest()).isEqualTo(2000);
    }

    @Test
    void theExemplarOfTheLargestValueShowsWhatAnAlertIsAbout() {
        WatchedRule rule = selectors.rules().getFirst();
        feed.exemplar(A.with("le", "1"), new Exemplar(1, 2, 3, 0.9, 5000));
        feed.exemplar(A.with("le", "5"), new Exemplar(4, 5, 6, 3.5, 4000));
        feed.exemplar(A.with("le", "5"), new Exemplar(7, 8, 9, 4.5, 3000));
        feed.exemplar(B.with("le", "5"), new Exemplar(7, 8, 9, 9.5, 5000));
        Labels alert = Labels.of("alertname", "R0", "path", "a");
        assertThat(store.exemplar(rule, alert, 0)).isEqualTo(new Exemplar(4, 5, 6, 3.5, 4000));
        assertThat(store.exemplar(rule, alert, 4500)).isEqualTo(new Exemplar(1, 2, 3, 0.9, 5000));
        assertThat(store.exemplar(selectors.rules().get(2), alert, 0)).isNull();
        assertThat(store.exemplar(A.with("le", "5"))).isEqualTo(new Exemplar(4, 5, 6, 3.5, 4000));
        assertThat(store.exemplar(A)).isNull();
        Exemplar shown = new Exemplar(0x0102030405060708L, 0xAL, 0xBL, 1, 1);
        assertThat(shown.traceIdHex()).isEqualTo("0102030405060708000000000000000a");
        assertThat(shown.spanIdHex()).isEqualTo("000000000000000b");
        store.settle(10_000_000);
        assertThat(store.exemplar(A.with("le", "5"))).isNull();
    }

    @Test
    void histogramsAreKeptAsTheyAre() {
        NativeHistogram histogram =
                NativeHistogram.exponential(ResetHint.UNKNOWN, 0, 0, 0, 3, 6, Buckets.from(1, 3), Buckets.NONE);
        feed.sample(A, 1000, 0, histogram);
        long before = store.bytes();
        Series series = store.select(matchers(A), 0, 0).getFirst();
        assertThat(series.histogram(series.from())).isEqualTo(histogram);
        assertThat(before).isGreaterThan(histogram.bytes());
    }

    private List<Long> times(Labels labels) {
        List<Long> times = new ArrayList<>();
        for (Series series : store.select(matchers(labels), 0, 0)) {
            for (int i = series.from(); i < series.to(); i++) {
                times.add(series.time(i));
            }
        }
        return times;
    }

    private List<Double> values(Labels labels) {
        return values(store, labels);
    }

    static List<Double> values(SeriesStore store, Labels labels) {
        List<Double> values = new ArrayList<>();
        for (Series series : store.select(matchers(labels), 0, 0)) {
            for (int i = series.from(); i < series.to(); i++) {
                values.add(series.value(i));
            }
        }
        return values;
    }

    /** Of that very series. */
    private static List<Matcher> matchers(Labels labels) {
        List<Matcher> matchers = new ArrayList<>();
        for (String name : List.of("__name__", "job", "path", "le")) {
            matchers.add(Matcher.equal(name, labels.get(name)));
        }
        return matchers;
    }
}

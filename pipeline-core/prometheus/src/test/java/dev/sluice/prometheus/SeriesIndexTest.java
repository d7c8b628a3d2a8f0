package dev.sluice.prometheus;

import static dev.sluice.prometheus.Points.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesIndexTest {
    private static final class One implements SeriesIndex.Known {
        private boolean removed;

        @Override
        public boolean removed() {
            return removed;
        }
    }

    private record Many(int weight) implements SeriesIndex.Known {
        @Override
        public boolean removed() {
            return false;
        }
    }

    @Test
    void entriesAreFoundUntilTheyAreRemovedOrOld() {
        SeriesIndex index = new SeriesIndex(10_000);
        List<One> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            all.add(new One());
            index.put(key(i), all.get(i), 1);
        }
        index.put(key(5_000), Drop.CONFLICT, 1);
        assertThat(index.find(key(17), 5)).isSameAs(all.get(17));
        assertThat(index.find(key(5_000), 5)).isSameAs(Drop.CONFLICT);
        assertThat(index.find(key(9_999), 5)).isNull();
        all.get(18).removed = true;
        assertThat(index.find(key(18), 5)).isNull();

        index.sweep(2);
        assertThat(index.size()).as("only the one that was asked for is young").isEqualTo(1);
        assertThat(index.find(key(17), 6)).isSameAs(all.get(17));
        assertThat(index.find(key(5_000), 6))
                .as("a refusal does not stay young")
                .isNull();
    }

    @Test
    void beyondTheBoundNothingIsRemembered() {
        SeriesIndex index = new SeriesIndex(1);
        index.put(key(1), new One(), 1);
        index.put(key(2), new One(), 1);
        assertThat(index.find(key(1), 1)).isNotNull();
        assertThat(index.find(key(2), 1)).isNull();
    }

    @Test
    void entriesOfSeveralSeriesTakeTheRoomOfThoseSeries() {
        SeriesIndex index = new SeriesIndex(5);
        index.put(key(1), new Many(3), 1);
        index.put(key(2), new Many(3), 1);
        assertThat(index.find(key(2), 1)).isNull();
        index.put(key(1), new Many(2), 2);
        index.put(key(2), new Many(3), 3);
        assertThat(index.find(key(2), 3)).isNotNull();
        index.sweep(3);
        index.put(key(3), new Many(2), 3);
        assertThat(index.find(key(3), 3)).as("room after the first has gone").isNotNull();
    }

    @Test
    void pointsAreToldApartByAllThatMakesThemSeriesAndByNothingElse() {
        String sum = "sum { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { ";
        String a = attribute("a", "1");
        String b = attribute("b", "2");
        PointFingerprints fingerprints = new PointFingerprints();
        List<String> different = List.of(
                request("", "", "name: \"m\" " + sum + a + "} }"),
                request("", "", "name: \"m\" " + sum + b + "} }"),
                request("", "", "name: \"n\" " + sum + a + "} }"),
                request("", "", "name: \"m\" unit: \"s\" " + sum + a + "} }"),
                request("", "", "name: \"m\" " + sum + a + "} is_monotonic: true }"),
                request("", "", "name: \"m\" gauge { data_points { " + a + "} }"),
                request("resource { " + a + "} ", "", "name: \"m\" " + sum + a + "} }"),
                request("", "scope { name: \"s\" } ", "name: \"m\" " + sum + a + "} }"),
                request("", "schema_url: \"u\" ", "name: \"m\" " + sum + a + "} }"));
        Set<String> found = new HashSet<>();
        different.forEach(text -> found.add(fingerprint(fingerprints, text)));
        assertThat(found).hasSameSizeAs(different);

        assertThat(fingerprint(fingerprints, request("", "", "name: \"m\" " + sum + a + b + "as_int: 1 } }")))
                .isEqualTo(fingerprint(
                        fingerprints,
                        request("", "", "name: \"m\" description: \"d\" " + sum + b + a + "as_int: 2 } }")));
    }

    @Test
    void dropsAreCountedAndEachKindIsWarnedOfOnceBetweenSweeps() {
        List<String> told = new ArrayList<>();
        long[] counted = new long[1];
        Drops drops = new Drops(
                reason -> amount -> counted[0] += amount, (metric, reason) -> told.add(metric + " " + reason.key()));
        drops.drop(Drop.LIMIT, () -> "a");
        drops.begin();
        drops.drop(Drop.LIMIT, () -> "b");
        drops.drop(Drop.OVERLAP, () -> "c");
        assertThat(drops.dropped()).isEqualTo(2);
        drops.sweep();
        drops.drop(Drop.LIMIT, () -> "d");

        assertThat(told).containsExactly("a limit", "c overlap", "d limit");
        assertThat(counted[0]).isEqualTo(4);
    }

    private static String request(String resource, String scope, String metric) {
        return "resource_metrics { " + resource + "scope_metrics { " + scope + "metrics { " + metric + " } } }";
    }

    private static String fingerprint(PointFingerprints fingerprints, String text) {
        MetricsView view = Points.request(text);
        fingerprints.begin();
        fingerprints.metric(view);
        PointsView points = view.metric().points();
        points.next();
        Fingerprint point = fingerprints.point(points.point());
        return point.low() + " " + point.high();
    }

    private static Fingerprint key(int number) {
        return new Fingerprint(7).add(number);
    }
}

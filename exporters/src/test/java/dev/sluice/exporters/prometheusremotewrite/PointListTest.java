package dev.sluice.exporters.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.view.MetricView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PointListTest {
    private final PointList points = new PointList();
    private final Series series = series("a");

    @Test
    void pointsComeInTheOrderOfTheirTimeAndThoseOfATimeInTheirOwn() {
        Random random = new Random(7);
        Series other = series("b");
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            long time = random.nextInt(100);
            times.add(time);
            points.add(series, time);
            points.add(other, i);
        }
        points.sort();

        List<Integer> order = order(series);
        assertThat(order).hasSize(1000);
        assertThat(order.stream().map(points::time))
                .containsExactlyElementsOf(times.stream().sorted().toList());
        for (int i = 1; i < order.size(); i++) {
            assertThat(points.time(order.get(i - 1)) < points.time(order.get(i)) || order.get(i - 1) < order.get(i))
                    .isTrue();
        }
        assertThat(series.last()).isEqualTo(order.getLast());
        assertThat(order(other).stream().map(points::time))
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    }

    @Test
    void pointsBehindASortAreInOrderAgainAfterTheNext() {
        points.add(series, 2);
        points.add(series, 1);
        points.sort();
        points.clear();
        points.add(series, 5);
        points.add(series, 4);
        points.sort();

        assertThat(order(series).stream().map(points::time)).containsExactly(4L, 5L);
    }

    /** A second or so; by looking for each one's place it would be minutes. */
    @Test
    @Timeout(60)
    void whoeverSendsTheLatestFirstCannotMakeTheLoopSearch() {
        int many = 1_000_000;
        points.add(series, many);
        for (int time = 0; time < many; time++) {
            points.add(series, time);
        }
        points.sort();

        assertThat(points.time(series.first())).isZero();
        assertThat(points.time(series.last())).isEqualTo(many);
    }

    private List<Integer> order(Series owner) {
        List<Integer> order = new ArrayList<>();
        for (int point = owner.first(); point != PointList.NONE; point = points.next(point)) {
            order.add(point);
        }
        return order;
    }

    private static Series series(String name) {
        RequestWriter writer = RequestWriter.of(ProtobufMessage.WRITE_REQUEST);
        Family family = new Family(new Family.Key(name, MetricView.Kind.GAUGE, 2, ""), "", writer);
        return new Series(new Series.Key(family, LabelRun.EMPTY, LabelRun.EMPTY, LabelRun.EMPTY), true);
    }
}

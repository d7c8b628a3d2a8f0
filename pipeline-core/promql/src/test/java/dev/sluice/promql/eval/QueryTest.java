package dev.sluice.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.promql.eval.QueryValue.MatrixValue;
import dev.sluice.promql.eval.QueryValue.ScalarValue;
import dev.sluice.promql.eval.QueryValue.StringValue;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.ParserOptions;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QueryTest {
    private final MemorySeries series = new MemorySeries();

    private static Query query(String text) throws ParseException {
        return Query.compile(text, QueryOptions.DEFAULT);
    }

    private Vector vector(Query query, long time) {
        return ((VectorValue) query.at(series, time).value()).vector();
    }

    @Test
    void everyTypeOfResult() throws ParseException {
        series.series(Labels.of("__name__", "up", "job", "a")).add(1000, 1);
        assertThat(query("1 + 1").at(series, 5).value()).isEqualTo(new ScalarValue(5, 2));
        assertThat(query("\"text\"").at(series, 5).value()).isEqualTo(new StringValue("text"));
        assertThat(vector(query("up"), 2000)).hasToString("{__name__=\"up\", job=\"a\"} => 1\n");
        assertThat(((MatrixValue) query("up[1m]").at(series, 2000).value()).series())
                .hasSize(1);
        assertThat(((MatrixValue) query("2").over(series, 0, 10, 5).value())
                        .series()
                        .getFirst()
                        .size())
                .isEqualTo(3);
        assertThatThrownBy(() -> query("up[1m]").over(series, 0, 10, 5))
                .isInstanceOf(EvalException.class)
                .hasMessage(
                        "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
        assertThat(query("sum(up)")).hasToString("sum(up)");
        assertThat(query("sum( up )").expr()).hasToString("sum(up)");
    }

    /** What a query remembers between runs must never show: it gives the same as one made anew, whatever series come and go. */
    @Test
    void reusedQueriesGiveWhatFreshOnesGive() throws ParseException {
        String[] texts = {
            "sum by (job) (rate(m_total[1m]))",
            "m_total * on (job, n) group_left (v) k",
            "m_total and on (n) k",
            "m_total or k",
            "histogram_quantile(0.5, sum by (le, job) (rate(h_bucket[1m])))",
            "topk by (job) (2, m_total)",
            "label_replace(m_total, \"x\", \"$1\", \"n\", \"(.).*\")",
            "count_values(\"v\", m_total)",
            "avg without (n) (max_over_time(m_total[1m]) > 3)",
            "quantile by (job) (0.3, m_total)",
            "absent(m_total)",
            "sum_over_time(m_total[1m:20s]) / 2",
        };
        Query[] reused = new Query[texts.length];
        for (int i = 0; i < texts.length; i++) {
            reused[i] = query(texts[i]);
        }
        Random random = new Random(3);
        for (long time = 0; time < 2_000_000; time += 20_000) {
            feed(random, time);
            for (int i = 0; i < texts.length; i++) {
                assertThat(outcome(reused[i], time)).as(texts[i]).isEqualTo(outcome(query(texts[i]), time));
            }
        }
    }

    private void feed(Random random, long time) {
        for (int n = 0; n < 12; n++) {
            String job = n % 2 == 0 ? "a" : "b";
            Labels labels = Labels.of("__name__", "m_total", "job", job, "n", "" + n);
            if (random.nextInt(30) == 0) {
                series.removeIf(s -> s.labels().equals(labels));
            } else if (random.nextInt(4) > 0) {
                series.series(labels).add(time, random.nextInt(10));
            }
            series.series(Labels.of("__name__", "k", "job", job, "n", "" + n, "v", "" + random.nextInt(2)))
                    .add(time, random.nextInt(20) == 0 ? Series.STALE : n);
            for (String le : new String[] {"1", "2", "+Inf"}) {
                series.series(Labels.of("__name__", "h_bucket", "job", job, "n", "" + n, "le", le))
                        .add(time, random.nextInt(9));
            }
        }
        series.removeIf(s -> {
            s.dropUntil(time - 300_000);
            return s.size() == 0;
        });
    }

    private String outcome(Query query, long time) {
        try {
            QueryResult result = query.at(series, time);
            return ((VectorValue) result.value()).vector() + " " + result.warnings() + result.infos();
        } catch (EvalException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void optionsAreChangedOneByOne() {
        QueryOptions options = QueryOptions.DEFAULT
                .withSubqueryStep(5)
                .withTypeAndUnitLabels(true)
                .withStartTimestamps(true)
                .withDelayedNameRemoval(true)
                .withLongestExact(7);
        assertThat(options).isEqualTo(new QueryOptions(300_000, 5, true, true, true, 7, ParserOptions.STABLE));
    }

    @Test
    void manyLabelSetsAreForgottenAgain() throws ParseException {
        Query limited = Query.compile(
                "limit_ratio(1, histogram_quantiles(label_join(x, \"b\", \"-\", \"a\"), \"q\", 0.5))",
                QueryOptions.SCRIPTS);
        for (int round = 0; round < 3; round++) {
            MemorySeries source = new MemorySeries();
            for (int i = 0; i < 60_000; i++) {
                source.series(Labels.of("__name__", "x", "a", round + "-" + i, "le", "+Inf"))
                        .add(0, 1);
            }
            assertThat(((VectorValue) limited.at(source, 0).value()).vector().size())
                    .isEqualTo(60_000);
        }
    }
}

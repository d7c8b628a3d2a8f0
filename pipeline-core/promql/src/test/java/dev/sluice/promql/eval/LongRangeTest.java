package dev.sluice.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.series.WindowSums;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sums over long ranges a source is asked for, and what becomes of its answer. */
class LongRangeTest {
    private static final QueryOptions OPTIONS = QueryOptions.DEFAULT.withLongestExact(3_600_000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sum by (path) (rate(x[3d]))                    | INCREASE | {path="/"}
                    sum without (path) ((increase(x{job="a"}[2h])))| INCREASE | {job="a"}
                    sum(rate(x[61m]))                              | INCREASE | {}
                    rate(x[3d])                                    | INCREASE | {job="a", path="/"}
                    sum_over_time(x[30d])                          | VALUES   | {job="a", path="/"}
                    sum by (job) (count_over_time(x[30d]))         | SAMPLES  | {job="a"}
                    """)
    void sumsOverLongRangesAreFound(String text, WindowSum.What what, String group) throws ParseException {
        assertThat(reads(text)).singleElement().satisfies(read -> {
            assertThat(read.reach()).isZero();
            assertThat(read.matchers()).contains(Matcher.equal("__name__", "x"));
            assertThat(read.sum().what()).isEqualTo(what);
            assertThat(read.sum().range()).isEqualTo(read.range()).isGreaterThan(3_600_000);
            assertThat(read.sum().group(Labels.of("__name__", "x", "job", "a", "path", "/")))
                    .hasToString(group);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(rate(x[1h]))",
                "sum(rate(x[2h] offset 1h))",
                "sum(rate(x[2h] @ 10))",
                "sum(irate(x[2h]))",
                "sum(max_over_time(x[2h]))",
                "rate({__name__=~\"x|y\"}[2h])",
                "max_over_time(sum(rate(x[2h]))[1h:])",
                "info(rate(x[2h]))",
                "sum(x)",
                "time() * 2",
                "avg_over_time(x[2h])",
            })
    void theRestIsMadeOfSamples(String text) throws ParseException {
        assertThat(reads(text)).allMatch(read -> read.sum() == null);
    }

    @Test
    void rangesAreOnlyExactByDefaultAndWhereNamesGoLast() throws ParseException {
        String text = "sum(rate(x[30d]))";
        assertThat(Reads.of(Parser.parse(text, OPTIONS.parser()), QueryOptions.DEFAULT))
                .allMatch(read -> read.sum() == null);
        assertThat(Reads.of(Parser.parse(text, OPTIONS.parser()), OPTIONS.withDelayedNameRemoval(true)))
                .allMatch(read -> read.sum() == null);
    }

    @Test
    void eachSumIsAskedForWhereverItStands() throws ParseException {
        Keeper keeper = new Keeper();
        Query query = Query.compile("1 - sum(rate(e[2h])) / (sum(rate(x[2h])) > 0) + ignoring() sum(x)", OPTIONS);
        keeper.series(Labels.of("__name__", "x")).add(10_000_000, 5);
        assertThat(value(query, keeper)).isEqualTo(1 - 1 + 5);
        assertThat(keeper.asked).containsExactly("sum(rate(e[2h]))", "sum(rate(x[2h]))");
    }

    @Test
    void aRateIsDividedByTheWholeRangeAndASumIsNot() throws ParseException {
        assertThat(value(Query.compile("sum(rate(x[2h]))", OPTIONS), new Keeper()))
                .isEqualTo(36.0 / 7200);
        assertThat(value(Query.compile("sum(increase(x[2h]))", OPTIONS), new Keeper()))
                .isEqualTo(36);
    }

    @Test
    void aSourceWithoutSumsIsAskedForSamples() throws ParseException {
        MemorySeries samples = new MemorySeries();
        Series series = samples.series(Labels.of("__name__", "x_total", "path", "/"));
        for (int i = 0; i <= 720; i++) {
            series.add(10_000_000 - i * 10_000L, 720 - i);
        }
        for (String text : List.of("sum by (path) (increase(x_total[2h]))", "count_over_time(x_total[2h])")) {
            assertThat(value(Query.compile(text, OPTIONS), samples)).isCloseTo(720, within(1.0));
        }
    }

    private static List<Reads.Read> reads(String text) throws ParseException {
        QueryOptions options = text.startsWith("info") ? QueryOptions.SCRIPTS.withDelayedNameRemoval(false) : OPTIONS;
        return Reads.of(Parser.parse(text, options.parser()), options.withLongestExact(3_600_000));
    }

    private static double value(Query query, SeriesSource source) {
        Vector vector = ((VectorValue) query.at(source, 10_000_000).value()).vector();
        assertThat(vector.size()).isEqualTo(1);
        return vector.value(0);
    }

    /** Keeps all sums, which are 36 whatever is asked for. */
    private static final class Keeper implements SeriesSource {
        private final MemorySeries samples = new MemorySeries();
        private final List<String> asked = new ArrayList<>();

        Series series(Labels labels) {
            return samples.series(labels);
        }

        @Override
        public List<Series> select(List<Matcher> matchers, long after, long until) {
            return samples.select(matchers, after, until);
        }

        @Override
        public WindowSums sums(WindowSum window) {
            asked.add(window.text());
            return (time, visitor) -> visitor.sum(Labels.EMPTY, 36);
        }
    }
}

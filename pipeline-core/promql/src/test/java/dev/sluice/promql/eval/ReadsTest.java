package dev.sluice.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far back and over which ranges expressions read. */
class ReadsTest {
    private static final QueryOptions OPTIONS = QueryOptions.SCRIPTS;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    x                                            | 300 | 0
                    x offset 1m                                  | 360 | 0
                    x offset -1m                                 | 240 | 0
                    x offset -1h                                 | 0   | 0
                    rate(x[1m])                                  | 60  | 60
                    rate(x[1m] offset 2m)                        | 180 | 60
                    increase(x[1m] smoothed)                     | 360 | 60
                    -sum by (a) (rate(x[2m])) > bool 1           | 120 | 120
                    topk(scalar(x), vector(1))                   | 300 | 0
                    max_over_time(rate(x[1m])[10m:30s] offset 5m)| 960 | 600
                    max_over_time(x[10m:])                       | 900 | 600
                    rate(x[5m] @ 12)                             | 300 | 300
                    rate(x[1m * 2])                              | 120 | 120
                    """)
    void aSelectorReadsBackToTheOldestSampleThatCanMatter(String text, long reachSeconds, long rangeSeconds)
            throws ParseException {
        assertThat(of(text)).singleElement().satisfies(read -> {
            assertThat(read.matchers()).containsExactly(Matcher.equal("__name__", "x"));
            assertThat(read.reach()).isEqualTo(reachSeconds * 1000);
            assertThat(read.range()).isEqualTo(rangeSeconds * 1000);
        });
    }

    @Test
    void everySelectorOfAnExpressionIsFound() throws ParseException {
        List<Reads.Read> reads =
                of("a / on(job) group_left sum_over_time(b[5m:] offset 1m) == c and absent(rate(d[1h]))");
        assertThat(reads).extracting(read -> read.matchers().getLast().value()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void infoReadsItsInfoSeriesToo() throws ParseException {
        List<Reads.Read> reads = of("info(rate(x[10m]), {k8s_cluster=\"a\"})");
        assertThat(reads).hasSize(2);
        assertThat(reads.get(1).matchers())
                .containsExactly(Matcher.equal("k8s_cluster", "a"), Matcher.equal("__name__", "target_info"));
        assertThat(reads.get(1).reach()).isEqualTo(600_000);
    }

    private static List<Reads.Read> of(String text) throws ParseException {
        return Reads.of(Parser.parse(text, OPTIONS.parser()), OPTIONS);
    }
}

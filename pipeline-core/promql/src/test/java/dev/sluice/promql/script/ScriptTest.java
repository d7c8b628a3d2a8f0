package dev.sluice.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.series.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptTest {
    private static ScriptReport run(String script) throws ScriptException {
        return Script.parse(script, QueryOptions.SCRIPTS).run();
    }

    /** The expectations in these scripts were written by a run of Prometheus 3.16's engine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregations",
                "functions",
                "histograms",
                "info",
                "names",
                "names-at-once",
                "operators",
                "overtime",
                "rates",
                "time",
                "typed"
            })
    void resultsEqualThoseOfPrometheus(String name) throws IOException, ScriptException {
        QueryOptions options = switch (name) {
            case "names-at-once" ->
                QueryOptions.SCRIPTS.withDelayedNameRemoval(false).withStartTimestamps(false);
            case "typed" -> QueryOptions.SCRIPTS.withTypeAndUnitLabels(true);
            default -> QueryOptions.SCRIPTS;
        };
        try (InputStream in = ScriptTest.class.getResourceAsStream("/scripts/" + name + ".test")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ScriptReport report = Script.parse(script, options).run();
            assertThat(report.failures()).isEmpty();
            assertThat(report.total()).isEqualTo(report.passed()).isPositive();
        }
    }

    @Test
    void seriesAreWrittenShort() throws ScriptException {
        SeriesNotation series =
                SeriesNotation.parse("x{a=\"}\",b='\\''} 1 -2x1 1+2x2 5-1.5e1x1 _ _x2 stale NaN -Inf 1e+3", 1);
        assertThat(series.labels()).isEqualTo(Labels.of("__name__", "x", "a", "}", "b", "'"));
        assertThat(series.values().toString()).isEqualTo("[1, -2, -2, 1, 3, 5, 5, -10, _, _, _, NaN, NaN, -Inf, 1000]");
        assertThat(SeriesNotation.parse("{} {{schema:1 count:2 buckets:[1 1]}}+{{schema:1 count:1 buckets:[0 1]}}x1", 1)
                        .values()
                        .toString())
                .isEqualTo("[{{schema:1 count:2 buckets:[1 1]}}, {{schema:1 count:3 buckets:[1 2]}}]");
        assertThat(SeriesNotation.parse("x {{}}x1", 1).values()).hasSize(2);
        assertThat(SeriesNotation.parse("x", 1).values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x 1x",
                "x 1+2",
                "x 1+2x12345678",
                "x 1x9999999",
                "x y",
                "x 1y",
                "x {{",
                "x {{schema:1}}+1x2",
                "x {{schema:1}}+{{schema:1}}",
                "x {{schema:1}}+{{schema:0}}x2",
                "x {{schema}}",
                "x {{color:1}}",
                "x {{schema:1 schema:2}}",
                "x {{count:a}}",
                "x {{buckets:1}}",
                "x {{buckets:[1}}",
                "x {{counter_reset_hint:maybe}}",
                "x{a} 1",
                "x{a=\"b\" 1"
            })
    void badSeriesAreRefused(String text) {
        assertThatThrownBy(() -> SeriesNotation.parse(text, 7))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("line 7: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "load",
                "load 5",
                "load 5m\n x{a=\"b\" 1",
                "load 5m\n x@st 1m 1m\n x 1 2 3",
                "load 5m\n x@st 1m",
                "load 5m\n x@st 1mxy\n x 1",
                "load 5m\n x@st a\n x 1",
                "eval",
                "eval instant at x foo",
                "eval instant foo",
                "eval range from 5m to 1m step 1m foo",
                "eval instant at 5m foo\n expect something",
                "eval instant at 5m foo\n expect warn\n expect no_warn",
                "eval instant at 5m foo\n expect info\n expect no_info",
                "eval instant at 5m foo\n expect fail\n expect fail",
                "eval instant at 5m foo\n expect warn regex: (",
                "eval instant at 5m foo\n x 1 2",
                "eval instant at 5m foo\n expect range vector from 1m",
                "eval instant at 5m foo\n expect string",
                "eval instant at 5m foo\n expect string 5",
                "eval instant at 5m foo\n expect string \"",
            })
    void badScriptsAreRefused(String script) {
        assertThatThrownBy(() -> run(script))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void oldFormsAreUnderstood() throws ScriptException {
        assertThat(run("""
                        load 1m
                          x_total 0 1
                          b{i="1"} 1 1
                          b{i="2"} 2 2

                        eval_ordered instant at 1m sort(b)
                          b{i="1"} 1
                          b{i="2"} 2

                        eval_fail instant at 1m b + on () b
                          expected_fail_regexp found duplicate series .*

                        eval_fail instant at 1m label_replace(b, "", "", "", "")
                          expected_fail_message invalid destination label name in label_replace():

                        eval_info instant at 1m rate(b[2m])
                          {i="1"} 0
                          {i="2"} 0

                        eval_warn instant at 1m quantile(2, b)
                          {} Inf

                        eval instant at 1m "a"
                          expect string "a"

                        eval range from 0 to 1m step 1m b{i="1"}
                          expect no_warn
                          b{i="1"} 1 1
                        """).failures()).hasSize(1).first().asString().contains("label_replace");
    }

    @Test
    void failuresSayWhatDiffers() throws ScriptException {
        List<String> failures =
                run("""
                load 1m
                  x{i="1"} 1 1
                  x{i="2"} 2 2
                  h {{count:1}}x1

                eval instant at 0 x{i="1"}
                  x{i="1"} 2

                eval instant at 0 x
                  x{i="1"} 1

                eval instant at 0 x{i="1"}
                  x{i="1"} 1
                  y 3

                eval instant at 0 x{i="1"}
                  1

                eval instant at 0 1
                  2

                eval instant at 0 1
                  x 1

                eval instant at 0 "a"
                  expect string "b"

                eval instant at 0 x{i="1"}
                  expect fail

                eval instant at 0 x +
                  x 1

                eval instant at 0 x + on () x
                  expect fail msg: something else

                eval instant at 0 x{i="1"}
                  expect warn
                  x{i="1"} 1

                eval instant at 0 quantile(2, x)
                  expect no_warn
                  {} Inf

                eval instant at 0 quantile(2, x)
                  expect warn msg: something else
                  {} Inf

                eval instant at 0 quantile(2, x) + quantile(-1, x)
                  expect warn regex: got 2
                  {} NaN

                eval_ordered instant at 0 sort(x)
                  x{i="2"} 2
                  x{i="1"} 1

                eval range from 0 to 1m step 1m x{i="1"}
                  x{i="1"} 1 2

                eval range from 0 to 1m step 1m x{i="1"}
                  x{i="1"} 1 1 1

                eval range from 0 to 1m step 1m x{i="1"}
                  x{i="1"} 1

                eval range from 0 to 1m step 1m x{i="1"}
                  x{i="1"} _ 1

                eval range from 0 to 1m step 1m x{i="1"}
                  y 1

                eval range from 0 to 1m step 1m x{i="1"}
                  expect ordered
                  x{i="1"} 1 1

                eval range from 0 to 1m step 1m x{i="1"}
                  1

                eval range from 0 to 1m step 30s (x{i="1"} and time() > 50)
                  x{i="1"} 1 1

                eval instant at 0 h
                  h 1

                eval instant at 0 h
                  h {{count:2}}

                eval instant at 0 h
                  h {{count:1 counter_reset_hint:gauge}}

                eval instant at 0 h
                  h {{count:1 buckets:[1]}}
                """).failures().stream().map(ScriptReport.Failure::problem).toList();
        assertThat(failures)
                .hasSize(27)
                .contains(
                        "expected 2 for {__name__=\"x\", i=\"1\"} but got 1",
                        "unexpected metric {__name__=\"x\", i=\"2\"} in result, has value 2",
                        "expected metric {__name__=\"y\"} with [3] not found",
                        "expected scalar 2 but got 1",
                        "expected string \"b\" but got \"a\"",
                        "expected error but got none");
    }

    @Test
    void aFunctionOfTimeIsSeenInTheMiddleOfARange() throws ScriptException {
        // At 0 the instant query gives what is expected, and so does the step of the range at 0.
        assertThat(run("eval instant at 0 time()\n 0\n").failures()).isEmpty();
    }
}

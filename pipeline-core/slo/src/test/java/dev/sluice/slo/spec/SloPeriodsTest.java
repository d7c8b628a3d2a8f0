package dev.sluice.slo.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloPeriodsTest {
    private static final String WINDOWS = """
            apiVersion: sloth.slok.dev/v1
            kind: AlertWindows
            spec:
              sloPeriod: 36h
              page:
                quick: {errorBudgetPercent: 10, shortWindow: 2m, longWindow: 30m}
                slow: {errorBudgetPercent: 12.5, shortWindow: 1m, longWindow: 1h30m}
              ticket:
                quick: {errorBudgetPercent: 20, shortWindow: 15m, longWindow: 3h}
                slow: {errorBudgetPercent: 42, shortWindow: 30m, longWindow: 12h}
            """;
    private static final String SLO = """
            version: prometheus/v1
            service: s
            slos:
            - {name: n, objective: 99.5, sli: {raw: {error_ratio_query: 'e[{{.window}}]'}}, alerting: {}}
            """.replace("'e[", "'avg_over_time(e[").replace("]'", "])'");

    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();

    private SloPeriods periods(String text) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        Files.writeString(inner.resolve("a.yml"), text);
        Files.writeString(folder.resolve("readme.txt"), "no windows");
        return SloPeriods.read(folder, problems::add);
    }

    @Test
    void windowsOfAFolderTakeThePlaceOfAllOthers() throws IOException {
        SloPeriods periods = periods(WINDOWS);
        assertThat(problems).isEmpty();
        List<GroupSpec> groups = Specs.read(periods.withUsual("1d12h"), SLO).groups();
        assertThat(groups.getFirst().rules())
                .extracting(RuleSpec::name)
                .containsExactly(
                        "slo:sli_error:ratio_rate1m",
                        "slo:sli_error:ratio_rate2m",
                        "slo:sli_error:ratio_rate15m",
                        "slo:sli_error:ratio_rate30m",
                        "slo:sli_error:ratio_rate1h30m",
                        "slo:sli_error:ratio_rate3h",
                        "slo:sli_error:ratio_rate12h",
                        "slo:sli_error:ratio_rate1d12h");
        List<RuleSpec> meta = groups.get(1).rules();
        assertThat(meta.get(2).expr()).isEqualTo("vector(1.5)");
        assertThat(meta.get(3).expr()).startsWith("slo:sli_error:ratio_rate2m{");
        assertThat(meta.getLast().labels().get("sluice_burn_rates"))
                .isEqualTo("2m/30m 10% page, 1m/1h30m 12.5% page, 15m/3h 20% ticket, 30m/12h 42% ticket");
        assertThat(groups.getLast().rules().getFirst().expr())
                .contains("ratio_rate30m{", "> (7.2 * 0.005)", "ratio_rate1h30m{", "> (3 * 0.005)");
        assertThatThrownBy(() -> periods.withUsual("30d"))
                .hasMessage("there are no AlertWindows for 30d, but for 1d12h");
    }

    /** Sloth too takes the same windows twice, and no others for a period that has some. */
    @Test
    void aPeriodHasItsWindowsOnce() throws IOException {
        periods(WINDOWS + "---\n" + WINDOWS);
        assertThat(problems).isEmpty();
        periods(WINDOWS + "---\n" + WINDOWS.replace("42", "43"));
        assertThat(problems).containsExactly(folder + "/inner/a.yml:12:1: there are other windows for 1d12h already");
    }

    @Test
    void theWorkbooksWindowsAreForAnyPeriodThatIsLonger() {
        assertThat(SloPeriods.WORKBOOK.withUsual("4d").windows(Duration.ofDays(90)))
                .hasValueSatisfying(windows ->
                        assertThat(windows.rates().getFirst().factor()).isEqualTo(43.2));
        assertThatThrownBy(() -> SloPeriods.WORKBOOK.withUsual("3d"))
                .hasMessageContaining("a period must be longer than 3d");
        assertThatThrownBy(() -> SloPeriods.WORKBOOK.withUsual("3 days"))
                .hasMessage("unknown unit \" days\" in duration \"3 days\"");
        assertThat(Specs.read(SLO).groups().get(1).rules().getLast().labels().get("sluice_burn_rates"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sloth.slok.dev/v1 | openslo/v1 | 1:13: apiVersion must be sloth.slok.dev/v1, not \"openslo/v1\"",
                "AlertWindows | Windows | 2:7: kind must be AlertWindows, not \"Windows\"",
                "sloPeriod: 36h | sloPeriod: long | 4:14: not a valid duration string: \"long\"",
                "sloPeriod: 36h | period: 36h | 4:3: field period not found in type spec",
                "Percent: 10, | Percent: 0, | 6:33: errorBudgetPercent must be above 0 and at most 100",
                "shortWindow: 2m | shortWindow: 30m | 6:50: shortWindow must be shorter than longWindow",
                "longWindow: 12h | longWindow: 2d | 10:66: longWindow must be shorter than sloPeriod",
                "longWindow: 12h | longWindow: 0s | 10:66: longWindow must be above 0",
                "ticket: | tickets: | 4:3: ticket is required",
                "spec: | spek: | 1:1: spec is required",
                "page: | page: [ | yaml: ",
            })
    void whatIsWrongIsSaidWithItsPlace(String from, String to, String problem) throws IOException {
        periods(WINDOWS.replace(from, to));
        assertThat(problems)
                .anySatisfy(said ->
                        assertThat(said).startsWith(folder + "/inner/a.yml:").contains(problem));
    }

    @Test
    void aFolderMustBeThereAndHaveSome() {
        SloPeriods.read(folder, problems::add);
        SloPeriods.read(folder.resolve("gone"), problems::add);
        assertThat(problems)
                .containsExactly(
                        "no AlertWindows in " + folder, folder.resolve("gone") + ": no such file or directory");
    }

    @Test
    void windowsAreNoObjectives() {
        assertThat(Specs.read(WINDOWS).problems())
                .extracting(problem -> problem.toString())
                .containsExactly(
                        "slo.yml:2:7: AlertWindows are no objectives: slo_period_windows_path names the folder that has them");
    }
}

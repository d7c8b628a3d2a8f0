package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloConfigTest {
    @TempDir
    private Path folder;

    @Test
    void rulesInPlaceAreCheckedAsThoseOfAFileAndTheirKeyIsNamed() {
        SloConfig config = Stage.config(Stage.record("a", "sum(x"), Stage.alert("B", "x > 1", "soon"));
        assertThat(Configs.problems(config))
                .containsExactly(
                        "groups::0::rules::0::expr: group \"g\", rule 1, \"a\": could not parse expression: "
                                + "1:6: parse error: unclosed left parenthesis",
                        "groups::0::rules::1::for: not a valid duration string: \"soon\"");
    }

    @Test
    void problemOfARuleFileHasItsPlaceInTheFile() throws Exception {
        Path good = Files.writeString(folder.resolve("a.yml"), "groups: [{name: g, rules: [{record: r, expr: x}]}]");
        Path bad =
                Files.writeString(folder.resolve("b.yml"), "groups:\n- name: g\n  rules:\n  - record: r\n    exp: x\n");
        assertThat(Configs.problems(files(good.toString()))).isEmpty();
        assertThat(Configs.problems(files(folder + "/*.yml")))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("rule_files::0: " + bad + ":5:5: ")
                        .contains("exp"));
        assertThat(Configs.problems(files(folder.resolve("gone.yml").toString())))
                .containsExactly("rule_files::0: no file matches " + folder.resolve("gone.yml"));
    }

    @Test
    void withoutRulesThereIsNothingToDo() {
        assertThat(Configs.problems(SloConfig.DEFAULT))
                .containsExactly("has no rules: set \"rule_files\", \"slo_files\" or \"groups\"");
        assertThat(Configs.problems(Configs.with(
                        Stage.config(Stage.VERBATIM),
                        "evaluation::interval",
                        Duration.ZERO,
                        "evaluation::allowed_lateness",
                        Duration.ofSeconds(-1))))
                .contains(
                        "evaluation::interval: must be positive", "evaluation::allowed_lateness: must not be negative");
    }

    @Test
    void objectivesOfAFileBecomeRules() throws Exception {
        String slo = "{name: n, objective: %s, sli: {raw: {error_ratio_query: 'e[{{.window}}]'}}}";
        String text = "version: prometheus/v1\nservice: s\nslos: [" + slo + "]\n";
        Path good = Files.writeString(
                folder.resolve("good.yml"), text.formatted("99").replace("'e[{{.window}}]'", "'rate(e[{{.window}}])'"));
        Path bad = Files.writeString(folder.resolve("bad.yml"), text.formatted("200"));
        SloConfig config = Configs.with(SloConfig.DEFAULT, "slo_files", List.of(good.toString()));
        assertThat(Configs.problems(config)).isEmpty();
        assertThat(RuleSources.load(config).groups())
                .extracting(group -> group.name())
                .containsExactly("sloth-slo-sli-recordings-s-n", "sloth-slo-meta-recordings-s-n");
        assertThat(Configs.problems(Configs.with(SloConfig.DEFAULT, "slo_files", List.of(bad.toString()))))
                .containsExactly(
                        "slo_files::0: " + bad + ":3:29: objective must be a percentage above 0 and at most 100");
    }

    @Test
    void fileThatIsNoLongerGoodFailsTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yml"), "groups: [{name: g, rules: [{record: r, expr: x}]}]");
        SloConfig config = files(file.toString());
        Files.writeString(file, "groups: [{name: g, rules: [{record: r, expr: x +}]}]");
        SloRules rules = new SloRules(
                config, new SloRules.Telling(Duration.ofMinutes(1), Map.of(), ""), null, new TestContext("slo"));
        assertThatThrownBy(() -> rules.start().await()).hasMessageContaining("unexpected end of input");
    }

    @Test
    void groupsHaveLabelsIntervalLimitAndOffset() {
        GroupConfig group = new GroupConfig(
                "g", "1m", "10s", 7, Map.of("team", "web"), List.of(Stage.record("r", "x"), Stage.VERBATIM));
        var loaded = RuleSources.load(Configs.with(SloConfig.DEFAULT, "groups", List.of(group)));
        var spec = loaded.groups().getFirst();
        assertThat(spec.interval()).isEqualTo(60_000);
        assertThat(spec.queryOffset()).isEqualTo(10_000);
        assertThat(spec.limit()).isEqualTo(7);
        assertThat(spec.rules().getFirst().labels().get("team")).isEqualTo("web");
        assertThat(spec.rules().getLast().labels().get("severity")).isEqualTo("critical");
    }

    private static SloConfig files(String pattern) {
        return Configs.with(SloConfig.DEFAULT, "rule_files", List.of(pattern));
    }
}

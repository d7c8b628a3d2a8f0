package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.FactoryContract.Case;
import dev.sluice.testkit.SampleFactory.Block;
import dev.sluice.testkit.SampleFactory.Fault;
import dev.sluice.testkit.SampleFactory.SampleConfig;
import dev.sluice.testkit.SampleFactory.SquashedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactoryContractTest {
    /** The sample has no README: its sources are not below src/main. */
    private static final String NO_README = "processor/sample: a README stands beside the sources";

    @Test
    void aSoundComponentPassesEverything() {
        assertThat(failures(List.of(new SampleFactory(Fault.NONE)))).containsOnlyKeys(NO_README);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_NAME, processor/SampleName: names follow the rules",
        "LEAVES_A_TIMER, processor/sample: stops twice and leaves no timer",
        "FAILS_TO_STOP_TWICE, processor/sample: stops twice and leaves no timer",
        "SWALLOWS_REFUSALS, processor/sample: passes outcomes on",
        "OTHER_DEFAULTS, processor/sample: the defaults are as they say"
    })
    void aFaultFailsTheCheckThatIsForIt(Fault fault, String check) {
        assertThat(failures(List.of(new SampleFactory(fault)))).containsKey(check);
    }

    @Test
    void optionsWithoutWordsOrOfOtherTypesAreNamed() {
        Map<String, Throwable> failures = failures(List.of(new SampleFactory.Undocumented()));
        assertThat(failures.get("processor/undocumented: every option is documented"))
                .hasMessageContaining("UndocumentedConfig.bare has no @Doc")
                .hasMessageContaining("UndocumentedConfig.blank has no @Doc")
                .hasMessageContaining("UndocumentedConfig.address is of a type that configurations do not have");
        assertThat(failures.get("processor/undocumented: the defaults are as they say"))
                .hasMessageContaining("UndocumentedConfig.bare is null");
    }

    @Test
    void aComponentThatKeepsBatchesBackMayAnswerAsItLikes() {
        assertThat(failures(
                        List.of(new SampleFactory(Fault.SWALLOWS_REFUSALS)),
                        Case.of("processor/sample").keepsBack()))
                .containsOnlyKeys(NO_README);
    }

    @Test
    void anIncompleteDefaultNeedsItsExactTextAndACompleteCase() {
        List<SampleFactory.IncompleteFactory> factories = List.of(new SampleFactory.IncompleteFactory());
        Case incomplete = Case.of("processor/incomplete").incomplete("destination: must be set");
        String check = "processor/incomplete: the defaults are as they say";

        assertThat(failures(factories).get(check)).hasMessageContaining("problems of the default configuration");
        assertThat(failures(factories, incomplete).get(check))
                .hasMessageContaining("problems of the configuration to start with");
        assertThat(failures(factories, incomplete.with("destination", "somewhere")))
                .doesNotContainKey(check);
    }

    @Test
    void aCaseOfNoFactoryIsAMistake() {
        assertThat(failures(List.of(), Case.of("receiver/otpl"))).containsOnlyKeys("every case belongs to a factory");
    }

    @Test
    void surroundingsCanBeAddedTo() {
        List<TestContext> made = new ArrayList<>();
        failures(
                List.of(new SampleFactory(Fault.NONE)),
                Case.of("processor/sample").context(context -> {
                    made.add(context);
                    return context;
                }));
        assertThat(made).isNotEmpty();
    }

    @Test
    void pathsReachIntoBlocks() {
        SampleConfig config = SampleConfig.DEFAULT;
        assertThat(ConfigRecords.present(config, "block"))
                .isEqualTo(new SampleConfig(config.endpoint(), config.interval(), Block.DEFAULT));
        assertThat(ConfigRecords.with(config, "block::some_name", "wrong"))
                .isEqualTo(new SampleConfig(config.endpoint(), config.interval(), new Block("wrong", List.of())));
        List<String> problems = new ArrayList<>();
        ConfigRecords.problems(ConfigRecords.with(config, "block::some_name", "wrong"), "", problems);
        assertThat(problems).containsExactly("block: the name is wrong");
    }

    @Test
    void keysOfASquashedBlockStandBesideTheOthers() {
        assertThat(ConfigRecords.with(SquashedConfig.DEFAULT, "some_name", "b"))
                .isEqualTo(new SquashedConfig(new Block("b", List.of()), 1));
        assertThat(ConfigRecords.with(SquashedConfig.DEFAULT, "number", 2))
                .isEqualTo(new SquashedConfig(Block.DEFAULT, 2));
        List<String> problems = new ArrayList<>();
        ConfigRecords.problems(ConfigRecords.with(SquashedConfig.DEFAULT, "some_name", "wrong"), "", problems);
        assertThat(problems).containsExactly("the name is wrong");
    }

    @Test
    void pathsThatLeadNowhereAreRefused() {
        assertThatThrownBy(() -> ConfigRecords.with(SampleConfig.DEFAULT, "blok", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no key blok");
        assertThatThrownBy(() -> ConfigRecords.present(SampleConfig.DEFAULT, "interval"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval is no block");
        assertThatThrownBy(() -> ConfigRecords.with(SampleConfig.DEFAULT, "endpoint::x", "y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKindOfComponentIsRun() {
        List<KindFactories.Numbered> factories = KindFactories.all();
        Map<String, Throwable> failures =
                failures(factories.stream().map(KindFactories.Numbered::factory).toList());
        assertThat(failures.keySet())
                .containsExactlyInAnyOrder(
                        "receiver/kind: a README stands beside the sources",
                        "exporter/kind: a README stands beside the sources",
                        "connector/kind: a README stands beside the sources",
                        "extension/kind: a README stands beside the sources");
        assertThat(factories)
                .allSatisfy(one -> assertThat(one.created().intValue()).isPositive());
    }

    private static Map<String, Throwable> failures(
            List<? extends dev.sluice.api.ComponentFactory<?>> factories, Case... cases) {
        Map<String, Throwable> failures = new TreeMap<>();
        try (Stream<DynamicTest> tests = FactoryContract.of(List.copyOf(factories), cases)) {
            tests.forEach(test -> {
                try {
                    test.getExecutable().execute();
                } catch (Throwable e) {
                    failures.put(test.getDisplayName(), e);
                }
            });
        }
        return failures;
    }
}

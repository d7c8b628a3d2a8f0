package dev.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunArgumentsTest {
    @Test
    void flagsTakeTheirValuesBehindAnEqualsSignOrASpace() throws Exception {
        RunArguments arguments = RunArguments.parse(List.of(
                "--config=a.yaml",
                "--config",
                "yaml:a::b: c=d",
                "--set=x.y=1",
                "--feature-gates=-a,+b",
                "--loops",
                "3",
                "--drain-timeout=1m30s"));

        assertThat(arguments.flags().configs()).containsExactly("a.yaml", "yaml:a::b: c=d");
        assertThat(arguments.flags().sets()).containsExactly("x.y=1");
        assertThat(arguments.flags().featureGates()).containsExactly("-a,+b");
        assertThat(arguments.loops()).isEqualTo(3);
        assertThat(arguments.drainTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void withoutFlagsTheDefaultsHold() throws Exception {
        RunArguments arguments = RunArguments.parse(List.of());
        assertThat(arguments.loops()).isZero();
        assertThat(arguments.drainTimeout()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void oneDashIsAsGoodAsTwoButNotForLetters() {
        assertThat(RunArguments.normal(List.of("-config=a", "-feature-gates", "-v", "--set", "-a,-b")))
                .containsExactly("--config=a", "--feature-gates", "-v", "--set", "-a,-b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--config | flag needs an argument: --config",
                "--foo=1 | unknown flag: --foo",
                "run | unknown command \"run\" for \"sluice\"",
                "--loops=0 | invalid argument \"0\" for \"--loops\" flag: must be a positive number",
                "--loops=x | invalid argument \"x\" for \"--loops\" flag: must be a positive number",
                "--drain-timeout=-1s | invalid argument \"-1s\" for \"--drain-timeout\" flag: must be a positive duration such as 25s",
                "--drain-timeout=5 | invalid argument \"5\" for \"--drain-timeout\" flag: must be a positive duration such as 25s",
            })
    void whatIsWrongIsNamed(String argument, String message) {
        assertThatThrownBy(() -> RunArguments.parse(List.of(argument)))
                .isInstanceOf(CommandException.class)
                .hasMessage(message);
    }

    @Test
    void flagsThatAreWrongByThemselvesAreFoundBeforeAnythingIsRead() {
        assertThatThrownBy(() -> new ConfigFlags(List.of(), List.of(), List.of()).check())
                .hasMessage("at least one config flag must be provided");
        assertThatThrownBy(() -> new ConfigFlags(List.of("a"), List.of("b"), List.of()).check())
                .hasMessage("invalid argument \"b\" for \"--set\" flag: missing equal sign");
        assertThatThrownBy(() -> new ConfigFlags(List.of("a"), List.of(), List.of("nope")).check())
                .hasMessageStartingWith(
                        "invalid argument \"nope\" for \"--feature-gates\" flag: no such feature gate \"nope\". valid gates: [");
    }
}

package dev.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.engine.config.Factories;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void whatIsRehearsedIsAGoodConfiguration() throws Exception {
        RunArguments arguments = Rehearsal.arguments();
        assertThatCode(() -> arguments.flags().load(Factories.load(), Map.of())).doesNotThrowAnyException();
    }
}

package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("endpoint", "timeout", "tls", "sending_queue", "headers");

    @ParameterizedTest
    @CsvSource({
        "endpont,endpoint",
        "ednpoint,endpoint",
        "sendingQueue,sending_queue",
        "sending-queue,sending_queue",
        "TLS,tls",
        "tsl,tls",
        "headrs,headers"
    })
    void aWordThatIsNearIsFound(String wrong, String meant) {
        assertThat(Suggestion.of(wrong, KNOWN)).isEqualTo("did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @CsvSource({"compression", "time", "''", "timeout"})
    void aWordThatIsFarOrKnownHasNone(String wrong) {
        assertThat(Suggestion.of(wrong, KNOWN)).isNull();
    }

    @Test
    void ofTwoAsNearTheFirstByNameIsTaken() {
        assertThat(Suggestion.nearest("a_c", List.of("ab", "aa"))).isEqualTo("aa");
    }
}

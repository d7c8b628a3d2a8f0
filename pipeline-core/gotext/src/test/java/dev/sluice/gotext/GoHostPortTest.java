package dev.sluice.gotext;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoHostPortTest {
    @ParameterizedTest
    @CsvSource({
        "[::1], ::1",
        "[fe80::1%eth0], fe80::1%eth0",
        "[], ''",
        "'', ''",
        "localhost, localhost",
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "[, [",
        "[::1, [::1",
        "::1], ::1]",
    })
    void onlyWhatIsInBracketsLosesThem(String host, String inner) {
        assertThat(GoHostPort.host(host)).isEqualTo(inner);
    }
}

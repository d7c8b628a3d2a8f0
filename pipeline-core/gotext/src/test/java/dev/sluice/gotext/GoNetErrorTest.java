package dev.sluice.gotext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNetErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:1"
                        + "| dial tcp 127.0.0.1:1: connect: connection refused",
                "Connection refused: localhost/[0:0:0:0:0:0:0:1]:4317"
                        + "| dial tcp [0:0:0:0:0:0:0:1]:4317: connect: connection refused",
                "connection timed out after 20000 ms: backend/10.0.0.1:4317"
                        + "| dial tcp 10.0.0.1:4317: connect: connection timed out after 20000 ms",
                "connect(..) failed with error(-2): No such file or directory | no such file or directory",
            })
    void aConnectionThatIsNotToBeHadIsToldOfWithItsAddress(String message, String reason) {
        assertThat(GoNetError.reason(new ConnectException(message))).isEqualTo(reason);
    }

    @Test
    void aConnectionOfWhichNothingIsToldIsRefused() {
        assertThat(GoNetError.reason(new ConnectException())).isEqualTo("connection refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp | localhost:4317 | bind(..) failed with error(-98): Address already in use"
                        + "| listen tcp localhost:4317: bind: address already in use",
                "tcp6 | [::1]:80 | Permission denied | listen tcp6 [::1]:80: bind: permission denied",
                "unix | /run/a.sock | bind(..) failed with error(-2): No such file or directory"
                        + "| listen unix /run/a.sock: bind: no such file or directory",
                "tcp | localhost:4317 | | listen tcp localhost:4317: bind: bindexception",
            })
    void anAddressThatCannotBeListenedOnIsTold(String network, String address, @Nullable String message, String text) {
        assertThat(GoNetError.listen(network, address, new BindException(message)))
                .isEqualTo(text);
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        String reason = "dial tcp: lookup nowhere.invalid: no such host";
        assertThat(GoNetError.reason(new UnknownHostException("nowhere.invalid: Name or service not known")))
                .isEqualTo(reason);
        assertThat(GoNetError.reason(new UnknownHostException("nowhere.invalid")))
                .isEqualTo(reason);
        assertThat(GoNetError.reason(new UnknownHostException(
                        "Failed to resolve 'nowhere.invalid' [A(1), AAAA(28)] after 2 queries ")))
                .isEqualTo(reason);
        assertThat(GoNetError.reason(new UnknownHostException(""))).isEmpty();
    }

    @Test
    void ofAHandshakeTheInnermostCauseIsTold() {
        SSLException outer = new SSLHandshakeException("Failed to create SSL connection");
        assertThat(GoNetError.reason(outer)).isEqualTo("tls: Failed to create SSL connection");
        outer.initCause(new SSLHandshakeException("PKIX path building failed"));
        outer.getCause().initCause(new IOException("unable to find valid certification path to requested target"));
        assertThat(GoNetError.reason(outer))
                .isEqualTo("tls: unable to find valid certification path to requested target");
        outer = new SSLException("failed", new IOException("not an SSL/TLS record: 485454502f312e31"));
        assertThat(GoNetError.reason(outer)).isEqualTo("tls: first record does not look like a TLS handshake");
    }

    @Test
    void everythingElseIsItsMessageOrItsType() {
        assertThat(GoNetError.reason(new IOException("Connection reset"))).isEqualTo("Connection reset");
        assertThat(GoNetError.reason(new IOException())).isEqualTo("IOException");
    }
}

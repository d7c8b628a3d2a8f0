package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests of what a decompressor makes of bodies, with the memory it asks for. */
abstract class Decompressing {
    static final long LIMIT = 20 << 20;

    final TestContext context = new TestContext("otlp");
    final Decompressor decompressor = new Decompressor(context);
    final List<Long> grants = new ArrayList<>();

    @AfterEach
    final void close() {
        decompressor.close();
    }

    final Future<Bytes> decompress(Compression how, byte[] body) {
        return decompressor.decompress(how, Bytes.of(body), LIMIT, this::grant);
    }

    final boolean grant(long bytes) {
        assertThat(bytes).isPositive();
        grants.add(bytes);
        return true;
    }

    final long granted() {
        return grants.stream().mapToLong(grant -> grant).sum();
    }

    static Bytes good(Future<Bytes> decoded) {
        if (decoded.failed()) {
            throw new AssertionError(decoded.cause());
        }
        return decoded.result();
    }

    /** Without printing megabytes when they differ. */
    static void same(Bytes decoded, byte[] body) {
        assertThat(decoded.length()).isEqualTo(body.length);
        assertThat(Arrays.mismatch(decoded.toByteArray(), body))
                .as("first difference")
                .isEqualTo(-1);
    }

    static BodyException.Kind kind(Future<Bytes> decoded) {
        assertThat(decoded.failed()).isTrue();
        assertThat(decoded.cause()).isInstanceOf(BodyException.class);
        return ((BodyException) decoded.cause()).kind();
    }

    static void refused(Future<Bytes> decoded, BodyException.Kind kind, String message) {
        assertThat(kind(decoded)).isEqualTo(kind);
        assertThat(decoded.cause()).hasMessage(message);
        assertThat(decoded.cause().getStackTrace()).isEmpty();
    }
}

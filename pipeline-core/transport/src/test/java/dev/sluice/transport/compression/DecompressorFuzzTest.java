package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes in, only the declared failure comes out, and never more than the limit. */
class DecompressorFuzzTest {
    private static final int ROUNDS = 4_000;
    private static final int LIMIT = 300_000;

    private final TestContext context = new TestContext("otlp");
    private final Decompressor decompressor = new Decompressor(context);
    private long granted;

    @ParameterizedTest
    @EnumSource
    void damagedBodiesFailAsDeclaredOrStayWithinTheLimit(Compression how) {
        Compressor compressor = new Compressor(how, Compression.DEFAULT_LEVEL, context);
        int failed = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            int length = 1 + random.nextInt(seed % 50 == 0 ? 250_000 : 3_000);
            byte[] body = seed % 3 == 0 ? Samples.noise(seed, length) : Samples.words(seed, length);
            byte[] damaged = damage(compressor.compress(Bytes.of(body)).result().toByteArray(), random);
            failed += check(how, damaged, seed) ? 1 : 0;
        }
        if (how != Compression.NONE) {
            assertThat(failed).isGreaterThan(ROUNDS / 4);
        }
        compressor.close();
        decompressor.close();
    }

    @ParameterizedTest
    @EnumSource
    void noiseFailsAsDeclaredOrStaysWithinTheLimit(Compression how) {
        byte[] start = new Compressor(how, Compression.DEFAULT_LEVEL, context)
                .compress(Bytes.of(Samples.words(1, 100)))
                .result()
                .toByteArray();
        for (int seed = 0; seed < ROUNDS; seed++) {
            byte[] noise = Samples.noise(seed, new Random(seed).nextInt(200));
            // Half of them begin well.
            System.arraycopy(start, 0, noise, 0, seed % 2 * Math.min(noise.length, 4 + seed % 16));
            check(how, noise, seed);
        }
        decompressor.close();
    }

    /** True if it failed. */
    private boolean check(Compression how, byte[] body, int seed) {
        granted = 0;
        Future<Bytes> decoded = decompressor.decompress(how, Bytes.of(body), LIMIT, bytes -> {
            granted += bytes;
            return true;
        });
        assertThat(granted).as("seed %d", seed).isLessThanOrEqualTo(LIMIT);
        if (decoded.failed()) {
            assertThat(decoded.cause()).as("seed %d", seed).isInstanceOf(BodyException.class);
            return true;
        }
        assertThat(decoded.result().length()).as("seed %d", seed).isLessThanOrEqualTo(LIMIT);
        return false;
    }

    private static byte[] damage(byte[] good, Random random) {
        byte[] bad = good.clone();
        switch (random.nextInt(4)) {
            case 0 -> bad = Arrays.copyOf(good, random.nextInt(good.length));
            case 1 -> bad = Arrays.copyOf(good, good.length + 1 + random.nextInt(20));
            case 2 -> random.nextBytes(bad);
            default -> {
                // The first bytes decide most.
                int flips = 1 + random.nextInt(8);
                for (int i = 0; i < flips; i++) {
                    int at = random.nextInt(random.nextBoolean() ? Math.min(24, bad.length) : bad.length);
                    bad[at] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return bad;
    }
}

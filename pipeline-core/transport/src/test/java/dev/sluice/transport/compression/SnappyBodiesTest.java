package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyBodiesTest extends Decompressing {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff0f00", // 4 GiB - 1 in six bytes
                "80808050" // 160 MiB
            })
    void aSnappyBlockThatDeclaresMoreThanTheLimitAllocatesNothing(String hex) {
        refused(
                decompress(Compression.SNAPPY, HexFormat.of().parseHex(hex)),
                BodyException.Kind.TOO_LARGE,
                "http: request body too large");
        assertThat(grants).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80804000", // 1 MiB in four bytes
                "ffffffffff7f", // a length that does not end
                "ffffffff1f00", // a length beyond 32 bits
                "0400", // one literal of the four
                "0401", // a copy without a distance
                "0000", // a literal where nothing is
                "04004101ff", // a copy from before the start
                "040041ff00000080", // a distance below zero
                "0400410200", // a copy whose distance is cut off
                "04f000", // a literal's length is cut off
                "04fcffffffff", // a literal of 4 GiB
                "0a0041fe0100" // a copy beyond the declared length
            })
    void aSnappyBlockThatDoesNotAddUpIsMalformed(String hex) {
        assertThat(kind(decompress(Compression.SNAPPY, HexFormat.of().parseHex(hex))))
                .isEqualTo(BodyException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no name
                "00000000", // does not begin with the name
                "ff060000734e61507058", // another name
                "ff060000734e6150705902000000", // a kind that may not be skipped
                "ff060000734e61507059010300000102ff", // shorter than a checksum
                "ff060000734e6150705900080000000000008080100000", // more than a chunk may hold
                "ff060000734e6150705901" // cut off in a head
            })
    void aFramedSnappyBodyThatDoesNotAddUpIsMalformed(String hex) {
        assertThat(kind(decompress(Compression.SNAPPY_FRAMED, HexFormat.of().parseHex(hex))))
                .isEqualTo(BodyException.Kind.MALFORMED);
        assertThat(grants).isEmpty();
    }

    @Test
    void framedSnappyMaySkipChunksAndSayItsNameAgain() throws IOException {
        byte[] body = Samples.words(17, 1_500);
        byte[] padding = HexFormat.of().parseHex("fe020000000080000000");
        byte[] whole = Compressed.by(Compression.SNAPPY_FRAMED, body);
        same(
                good(decompress(Compression.SNAPPY_FRAMED, Compressed.join(Compressed.join(whole, padding), whole))),
                Compressed.join(body, body));
    }

    @Test
    void overGrpcSnappyIsFramedAndTheOthersAreThemselves() {
        assertThat(Compression.SNAPPY.overGrpc()).isEqualTo(Compression.SNAPPY_FRAMED);
        assertThat(Compression.GZIP.overGrpc()).isEqualTo(Compression.GZIP);
        assertThat(Compression.NONE.overGrpc()).isEqualTo(Compression.NONE);
    }
}

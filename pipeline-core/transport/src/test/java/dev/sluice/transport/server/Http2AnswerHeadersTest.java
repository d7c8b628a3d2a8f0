package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.junit.jupiter.api.Test;

class Http2AnswerHeadersTest {
    private final Http2AnswerHeaders encoder = new Http2AnswerHeaders();

    private int bytes(String date) throws Exception {
        ByteBuf block = Unpooled.buffer();
        encoder.encodeHeaders(
                1,
                new DefaultHttp2Headers().status("200").add("date", date).add("content-type", "application/x-protobuf"),
                block);
        return block.release() ? block.writerIndex() : -1;
    }

    @Test
    void remembersWhatComesAgainAndNotTheDate() throws Exception {
        int first = bytes("Tue, 14 Nov 2023 22:13:20 GMT");
        int second = bytes("Tue, 14 Nov 2023 22:13:20 GMT");
        // The type is one byte now, which is its place among the last of the table; the date is all there.
        assertThat(first - second).isBetween(20, 30);
        for (int i = 0; i < 200; i++) {
            assertThat(bytes("Tue, 14 Nov 2023 22:13:" + (10 + i % 50) + " GMT"))
                    .isEqualTo(second);
        }
    }

    @Test
    void takesASmallerTableAndNoLargerOne() throws Exception {
        encoder.maxHeaderTableSize(1 << 30);
        assertThat(encoder.maxHeaderTableSize()).isEqualTo(4_096);
        encoder.maxHeaderTableSize(0);
        assertThat(encoder.maxHeaderTableSize()).isZero();
        int first = bytes("now");
        // The first block also said that the table is smaller.
        assertThat(bytes("now")).isEqualTo(first - 1);
        encoder.close();
    }
}

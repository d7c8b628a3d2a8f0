package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which messages a gRPC server takes, and the bytes that they are accounted for with. */
class GrpcMessagesTest extends RawGrpc {
    @Test
    void putsMessagesTogetherFromAnyPieces() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            messages.clear();
            client.call(3, ECHO, Map.of());
            for (byte b : MESSAGE) {
                client.frame(RawHttp2.DATA, 0, 3, new byte[] {b});
            }
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, new byte[0]);
            assertThat(client.next(RawHttp2.DATA).stream()).isEqualTo(3);
            assertThat(loop.get(() -> messages.getFirst().toByteArray())).containsExactly(1, 2, 3);
        }
    }

    @Test
    void refusesMalformedMessagesAndGoesOn() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            messages.clear();
            List<byte[]> bad = List.of(
                    new byte[0],
                    new byte[] {0, 0, 0},
                    new byte[] {0, 0, 0, 0, 9, 1},
                    new byte[] {0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1},
                    new byte[] {2, 0, 0, 0, 1, 1},
                    new byte[] {1, 0, 0, 0, 1, 1},
                    new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1});
            int stream = 3;
            for (byte[] each : bad) {
                client.call(stream, ECHO, Map.of()).frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, each);
                refused(client, stream);
                stream += 2;
            }
            // 4 GiB by the length in front of a snappy block.
            client.call(stream, ECHO, Map.of("grpc-encoding", "snappy"))
                    .frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, new byte[] {
                        1, 0, 0, 0, 6, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15, 0
                    });
            refused(client, stream);
            client.call(stream + 2, ECHO, Map.of("grpc-encoding", "br"));
            refused(client, stream + 2);
            client.call(stream + 4, ECHO, Map.of("content-type", "application/json"));
            refused(client, stream + 4);
            client.call(stream + 6, ECHO, Map.of("grpc-timeout", "soon"));
            refused(client, stream + 6);
            answered(client, stream + 8);
            assertThat(loop.get(messages::size)).isEqualTo(1);
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void givesBackWhatBrokenOffCallsHeld() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            byte[] large = {0, 0, 16, 0, 0, 1};
            client.call(3, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 3, large);
            answered(client, 5);
            assertThat(budget.used()).isEqualTo(1 << 20);
            client.frame(RawHttp2.RST_STREAM, 0, 3, new byte[] {0, 0, 0, 8});
            answered(client, 7);
            assertThat(budget.used()).isZero();
            client.call(9, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 9, large);
            answered(client, 11);
        }
        while (budget.used() != 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void keepsWhatThePipelineHoldsAccountedForAfterTheClientHasGone() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            client.call(3, HOLD, Map.of()).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, MESSAGE);
            answered(client, 5);
        }
        assertThat(budget.used()).isEqualTo(3);
        release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void refusesMessagesThatThereIsNoRoomFor() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            byte[] large = {0, 0, 0x40, 0, 0, 1};
            client.call(3, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 3, large);
            client.call(5, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 5, large);
            client.call(7, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 7, large);
            refused(client, 7);
            assertThat(budget.used()).isEqualTo(8 << 20);
        }
        while (budget.used() != 0) {
            Thread.onSpinWait();
        }
    }
}

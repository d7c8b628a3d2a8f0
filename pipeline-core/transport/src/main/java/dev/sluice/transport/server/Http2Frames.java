package dev.sluice.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/** Hands the frames of a connection, once Netty has checked them, to who takes them, and counts those that bring nothing. */
final class Http2Frames extends Http2FrameAdapter {
    private final Http2ServerConnection connection;
    private final Http2Floods floods;

    Http2Frames(Http2ServerConnection connection, Http2Floods floods) {
        this.connection = connection;
        this.floods = floods;
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
        if (floods.dataRead(!end && !data.isReadable())) {
            connection.calm("too_many_empty_frames");
        }
        // Read before the receiver moves the reader index: all of it is consumed, whatever becomes of it.
        int bytes = data.readableBytes() + padding;
        StreamReceiver receiver = connection.receiver(id);
        if (receiver != null) {
            receiver.data(data);
            if (end) {
                receiver.requestOver();
            }
        }
        return bytes;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        onHeadersRead(context, id, headers, padding, end);
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean end) {
        floods.headersRead();
        StreamReceiver known = connection.receiver(id);
        if (known == null) {
            connection.open(id, headers, end);
        } else if (end) {
            // Trailers, which requests hardly ever have, and nobody reads.
            known.requestOver();
        }
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) {
        controlFrame();
        connection.pinged();
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) {
        connection.ponged(data);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
        controlFrame();
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int id, long error) {
        if (floods.resetRead()) {
            connection.calm("too_many_resets");
        }
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext context, int id, int dependency, short weight, boolean exclusive) {
        controlFrame();
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext context, byte type, int id, Http2Flags flags, ByteBuf payload) {
        controlFrame();
    }

    private void controlFrame() {
        if (floods.controlFrameRead()) {
            connection.calm("too_many_control_frames");
        }
    }
}

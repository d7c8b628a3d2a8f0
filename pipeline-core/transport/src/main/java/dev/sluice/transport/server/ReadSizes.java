package dev.sluice.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much is read from a connection at once: a power of two that grows fast when reads fill it and shrinks when two turns of the loop
 * brought less than half. As Netty's adaptive allocator does it, in a fifth of the memory for each connection. One is shared by all
 * connections of any loop; each connection has a handle, on its loop.
 */
final class ReadSizes implements RecvByteBufAllocator {
    /** Buffers that are read into before others have their turn. */
    private static final int BUFFERS_A_TURN = 16;

    private static final int LEAST = 9;
    private static final int FIRST = 11;
    private static final int MOST = 16;
    private static final int GROWTH = 4;

    @Override
    @SuppressWarnings("deprecation") // the interface wants it
    public Handle newHandle() {
        return new Sizes();
    }

    private static final class Sizes implements ExtendedHandle {
        private byte exponent = FIRST;
        private boolean less;
        private @Nullable ChannelConfig config;
        private int buffers;
        private int attempted;
        private int last;
        private int total;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            return 1 << exponent;
        }

        @Override
        public void reset(ChannelConfig channel) {
            config = channel;
            buffers = 0;
            total = 0;
        }

        @Override
        public void incMessagesRead(int count) {
            buffers += count;
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
            if (bytes > 0) {
                total += bytes;
                if (bytes == attempted) {
                    fit(bytes);
                }
            }
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return attempted == last && mayContinue();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier more) {
            return more.get() && mayContinue();
        }

        @Override
        public void readComplete() {
            fit(total);
        }

        private boolean mayContinue() {
            return config != null && config.isAutoRead() && buffers < BUFFERS_A_TURN && total > 0;
        }

        private void fit(int bytes) {
            if (bytes >= guess()) {
                exponent = (byte) Math.min(MOST, exponent + GROWTH);
                less = false;
            } else if (bytes <= guess() / 2) {
                if (less) {
                    exponent = (byte) Math.max(LEAST, exponent - 1);
                }
                less = !less;
            }
        }
    }
}

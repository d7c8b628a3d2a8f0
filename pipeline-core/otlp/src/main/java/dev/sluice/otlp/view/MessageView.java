package dev.sluice.otlp.view;

/** A message, read where it lies. A view goes from message to message, so it is valid until it is reset. */
public abstract class MessageView {
    final FieldIndex fields = new FieldIndex();

    MessageView() {}

    /** Stands on the message in the range. */
    public void reset(byte[] array, int start, int end) {
        fields.read(array, start, end);
    }

    /** Stands on the next of the messages, if there is one. */
    final boolean advance(Repeated messages) {
        if (!messages.next()) {
            return false;
        }
        fields.read(messages.array(), messages.start(), messages.end());
        return true;
    }

    public final byte[] array() {
        return fields.array();
    }

    /** Where the message starts in {@link #array}. */
    public final int start() {
        return fields.start();
    }

    /** The first position behind the message. */
    public final int end() {
        return fields.end();
    }
}

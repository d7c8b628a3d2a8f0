package dev.sluice.receivers.nop;

import dev.sluice.api.Receiver;

/** Starts, stops, and takes nothing in. */
final class NopReceiver implements Receiver {}

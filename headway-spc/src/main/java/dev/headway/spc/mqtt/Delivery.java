package dev.headway.spc.mqtt;

/**
 * A message as it was delivered.
 *
 * @param topic under which it was published
 * @param payload what was published
 * @param again whether the broker says that it may have been delivered before
 * @param retained whether the broker has kept it for whoever subscribes
 * @param origin what it is acknowledged to
 */
@SuppressWarnings("ArrayRecordComponent") // a message is not copied
record Delivery(String topic, byte[] payload, boolean again, boolean retained, Origin origin) {
  /** The origin of a message that is tried again: nothing is acknowledged. */
  static final Origin NOWHERE =
      new Origin() {
        @Override
        public boolean open() {
          return true;
        }

        @Override
        public void acknowledge() {}
      };

  /** Where a message came from. */
  interface Origin {
    /** Whether it can still be acknowledged there; otherwise the broker delivers it again. */
    boolean open();

    /** Says that it has been dealt with; without effect when the connection is gone. */
    void acknowledge();
  }
}

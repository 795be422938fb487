/** E-mail: the server by which it is sent (SMTP), and messages in plain text. */
@NullMarked
package dev.headway.server.mail;

import org.jspecify.annotations.NullMarked;

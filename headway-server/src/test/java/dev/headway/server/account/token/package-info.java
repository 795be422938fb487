@NullMarked
package dev.headway.server.account.token;

import org.jspecify.annotations.NullMarked;

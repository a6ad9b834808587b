#!/bin/sh
# Builds mediasoup-worker from the sources inside the npm package `mediasoup` against the
# distribution's own libraries, where its prebuilt binary cannot be downloaded (an air-gapped
# network, a proxy that blocks the download).
#
#   build.sh MEDIASOUP_PACKAGE_DIR OUTPUT_BINARY [LIBSRTP_SOURCES]
#
# With LIBSRTP_SOURCES (libsrtp2_2.5.0.orig.tar.gz of Debian's source package libsrtp2) the worker
# gets a libsrtp of its own that encrypts with OpenSSL, and our patches: half the CPU a packet.
# Without it, it is a stock worker on Debian's libsrtp2, which encrypts with NSS.
#
# Checked with mediasoup 3.27.1 on Debian 12 with these packages:
#   g++ make patch meson ninja-build pkg-config libuv1-dev libssl-dev libsrtp2-dev
#   libflatbuffers-dev flatbuffers-compiler libabsl-dev
# (libsrtp2-dev only without LIBSRTP_SOURCES, make and patch only with it).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
package=$1
output=$2
libsrtp=${3:-}
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
trap 'exit 130' INT TERM

cp -r "$package/worker/." "$build"

# The overlay stands in for the sources that meson would download. Each of its folders points a
# subproject at the distribution's library; libsrtp3 puts the libsrtp 3 calls that the worker makes
# on top of libsrtp 2, and unordered-dense on top of the standard library's containers.
rm -f "$build"/subprojects/*.wrap
cp -r "$here/overlay/." "$build/subprojects"

# Debian 12 has meson 1.0; nothing newer is used.
sed -i "s/meson_version: '>= 1.1.0'/meson_version: '>= 1.0.0'/" "$build/meson.build"

# The BIO callback must hand back the result of every *_RETURN operation, not only of a bare
# BIO_CB_RETURN: with an OpenSSL that has kernel TLS compiled in (Debian's has, mediasoup's bundled
# one has not) BIO_get_ktls_send() otherwise reads 1, no write buffer is allocated and the first
# DTLS handshake crashes.
sed -i 's/(operationType == BIO_CB_RETURN)/((operationType \& BIO_CB_RETURN) != 0)/' \
  "$build/src/RTC/DtlsTransport.cpp"
grep -q 'operationType & BIO_CB_RETURN' "$build/src/RTC/DtlsTransport.cpp"

# The headers that all sources share are read once, not 250 times: a third of the build.
cp -r "$here/pch" "$build/pch"
cp -r "$here/pch" "$build/deps/libwebrtc/pch"
sed -i "/^executable(\$/{n;s|^  'mediasoup-worker',\$|&\n  cpp_pch: 'pch/pch.hpp',|}" \
  "$build/meson.build"
sed -i "s|^  libwebrtc_sources,\$|&\n  cpp_pch: 'pch/pch.hpp',|" "$build/deps/libwebrtc/meson.build"
grep -q cpp_pch "$build/meson.build"
grep -q cpp_pch "$build/deps/libwebrtc/meson.build"

if [ -n "$libsrtp" ]; then
  mkdir "$build/libsrtp"
  tar -xzf "$libsrtp" -C "$build/libsrtp" --strip-components=1
  for change in "$here"/patches/mediasoup/*.patch; do
    patch --strip=1 --directory="$build" --forward --fuzz=0 --quiet <"$change"
  done
  for change in "$here"/patches/libsrtp/*.patch; do
    patch --strip=1 --directory="$build/libsrtp" --forward --fuzz=0 --quiet <"$change"
  done
  (
    cd "$build/libsrtp"
    CFLAGS='-O3 -fPIC' ./configure --enable-openssl --prefix="$build/installed" >configure.log
    # The archive alone: with no shared library beside it, it is what the worker is linked with.
    make --quiet libsrtp2.a
    make --quiet install >install.log
  )
  export PKG_CONFIG_PATH="$build/installed/lib/pkgconfig"
fi

meson setup --buildtype release -Db_ndebug=true --wrap-mode=nodownload "$build/out" "$build"
ninja -C "$build/out" mediasoup-worker
strip "$build/out/mediasoup-worker"
mkdir -p "$(dirname "$output")"
mv "$build/out/mediasoup-worker" "$output"

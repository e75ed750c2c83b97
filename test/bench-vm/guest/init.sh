#!/bin/busybox sh
# First program of the guest: loads the USB stack, enters the shared file system read-only, runs the checks, powers off.
bb=/bin/busybox
$bb mkdir -p /proc /sys /dev /host
$bb mount -t proc proc /proc
$bb mount -t sysfs sys /sys
$bb mount -t devtmpfs dev /dev
for module in $($bb cat /modules/order); do
  options=''
  [ "$module" = dummy_hcd.ko ] && options='num=4'
  $bb insmod "/modules/$module" $options || echo "bench-vm: $module was not loaded"
done
$bb mount -t 9p -o trans=virtio,version=9p2000.L,msize=1048576,cache=loose,ro host /host || {
  echo 'bench-vm: the shared file system is not there'
  $bb poweroff -f
}
for folder in proc sys dev; do $bb mount --bind "/$folder" "/host/$folder"; done
$bb mount -t configfs config /host/sys/kernel/config
for folder in run mnt; do $bb mount -t tmpfs tmpfs "/host/$folder"; done
word() { $bb sed -n "s/.*hwlab\.$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
$bb chroot /host /lib/systemd/systemd-udevd --daemon
$bb ip link set lo up
$bb chroot /host /usr/bin/env HOME=/mnt TMPDIR=/mnt "$(word node)" --expose-gc "$(word project)/test/bench-vm/guest/main.ts" "$(word form)"
echo "bench-vm: the checks ended with $?"
$bb sync
$bb poweroff -f

# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of cvswitch-ctl's command line. What may follow what is read from the tool's own help,
# where [x] may be given, X|y is one of these, as is {x | Y z}, words in capitals stand for
# something, and what has ... behind it may be given again.

# The words after OBJECT COMMAND in the help, one usage per line, without brackets. A command may
# have two words.
_cvswitch_ctl_usage()
{
	cvswitch-ctl "$1" help 2>/dev/null | awk -v object="$1" -v command="$2" '
		NR == 1 { next }
		/^\t\t/ { usage = usage $0; next }
		{ print usage; usage = $0 }
		END { print usage }' |
		sed 's/[][{}]//g' | awk -v object="$1" -v command="$2" '
		BEGIN { n = split(command, name) }
		$1 == object && (n < 1 || $2 == name[1]) && (n < 2 || $3 == name[2]) {
			for (i = n + 2; i <= NF; i++)
				printf "%s ", $i
			print ""
		}'
}

# Names that there are of OBJECT. Asking for them must not load the module.
_cvswitch_ctl_names()
{
	[ ! -d /sys/module/cvswitch ] ||
		cvswitch-ctl "${_cvswitch_ctl_netns[@]}" -j "$1" show 2>/dev/null |
		sed -n 's/.*"name":"\([^"]*\)".*/\1/p' | sort -u
}

# What a word of a usage can be replaced by.
_cvswitch_ctl_values()
{
	local word

	for word in ${1//|/ }; do
		case $word in
		SWITCH | NAME)	ip -o link show type cvswitch 2>/dev/null |
					sed 's/^[0-9]*: \([^:@]*\).*/\1/' ;;
		DEV)		basename -a /sys/class/net/* ;;
		PROFILE)	_cvswitch_ctl_names profile ;;
		GROUP)		_cvswitch_ctl_names group ;;
		FILE)		compgen -f ;;
		[a-z]*)		echo "$word" ;;
		esac
	done
}

# Candidates for the word behind OBJECT COMMAND and ARGS: the value of the setting before it; what
# the words in capitals stand for that a usage begins with; or what was not given yet, nor was what
# it is an alternative to.
_cvswitch_ctl_arguments()
{
	local object=$1 command=$2 usage word i
	local -a words args=("${@:3}")
	local n=${#args[@]} last=${*: -1} other

	while read -r usage; do
		read -ra words <<<"$usage"
		for ((i = 0; i < ${#words[@]} - 1; i++)); do
			if [ "$n" -gt 0 ] && [ "${words[i]}" = "$last" ] &&
				[[ ${words[i + 1]} == *[A-Z\|]* ]]; then
				_cvswitch_ctl_values "${words[i + 1]}"
				return
			fi
		done
		for ((i = 0; i <= n; i++)); do
			[[ ${words[i]:-} == [A-Z]* ]] || break
		done
		if [ "$i" -gt "$n" ]; then
			_cvswitch_ctl_values "${words[n]}"
			continue
		fi
		for ((i = 0; i < ${#words[@]}; i++)); do
			word=${words[i]} other=
			if [ "${words[i + 2]:-}" = '|' ]; then
				other=${words[i + 3]}
			elif [ "$i" -gt 2 ] && [ "${words[i - 1]}" = '|' ]; then
				other=${words[i - 3]}
			fi
			[[ -z $other || " ${args[*]} " != *" $other "* ]] || continue
			[[ ${words[i + 2]:-} == ... || " ${args[*]} " != *" $word "* ]] || continue
			if [[ $word == [a-z]* ]] &&
				! [[ $word == *\|* && ${words[i - 1]:-} == [a-z]* ]]; then
				_cvswitch_ctl_values "$word"
			fi
		done
	done < <(_cvswitch_ctl_usage "$object" "$command")
}

# Candidates for a word of a rule, behind those that are there.
_cvswitch_ctl_rule()
{
	local topics='ether vlan ip ip6 arp saddr daddr meta tcp udp udplite sctp dccp th icmp icmpv6'
	local rest='frag nd sender-mac target-mac log comment accept drop reject next continue'
	local last=${*: -1} before='' prev='' word topic=

	[ $# -lt 2 ] || before=${*: -2:1}
	case " $* " in
	*' ingress '* | *' egress '*) ;;
	*' at '*)	[ "$last" = at ] || echo ingress egress
		return ;;
	*)	echo at ingress egress
		return ;;
	esac
	for word; do
		# Behind "arp saddr", ip and ether are no topics.
		[[ " $topics nd " != *" $word "* ]] || [[ $word == [sd]addr || $prev == [sd]addr ]] ||
			topic=$word
		prev=$word
	done
	# "arp saddr ip", "arp saddr ether": words of ARP's.
	if [[ " $* " == *' arp '* && $before == [sd]addr && $last =~ ^(ip|ether)$ ]]; then
		[ "$last" = ether ] || _cvswitch_ctl_names group | sed 's/^/@/'
		return
	fi
	case $last in
	saddr | daddr | sport | dport)
		[ "$topic" != arp ] || echo ip ether
		_cvswitch_ctl_names group | sed 's/^/@/'
		return ;;
	frag)	echo whole first later ;;
	flags)	echo fin syn rst psh ack urg ecn cwr none ;;
	operation)	echo request reply ;;
	protocol | nexthdr | l4proto)	echo tcp udp icmp icmpv6 ;;
	type)	case $topic in
		ether)	echo ip ip6 arp ;;
		icmp)	echo echo-request echo-reply destination-unreachable time-exceeded ;;
		icmpv6)	echo echo-request echo-reply destination-unreachable packet-too-big \
				time-exceeded nd-router-solicit nd-router-advert \
				nd-neighbor-solicit nd-neighbor-advert ;;
		esac ;;
	code | id | target | sll | tll | sender-mac | target-mac | comment) ;;
	*)	case $topic in
		ether)	echo saddr daddr type ;;
		vlan)	echo id ;;
		ip)	echo saddr daddr protocol ;;
		ip6)	echo saddr daddr nexthdr ;;
		arp)	echo operation saddr daddr ;;
		meta)	echo l4proto ;;
		tcp)	echo sport dport flags ;;
		udp | udplite | sctp | dccp | th)	echo sport dport ;;
		icmp | icmpv6)	echo type code ;;
		nd)	echo target sll tll ;;
		esac
		[[ " $topics nd " == *" $last "* && $last =~ ^(ether|vlan|meta|th|nd)$ ]] ||
			echo "$topics" "$rest" ;;
	esac
}

_cvswitch_ctl_commands()
{
	cvswitch-ctl "$1" help 2>/dev/null | awk -v object="$1" '
		$1 == object && $2 ~ /^[a-z]+$/ && !seen[$2]++ { print $2 }'
}

_cvswitch_ctl()
{
	local cur=${COMP_WORDS[COMP_CWORD]} i=1 list
	local -a words _cvswitch_ctl_netns=()

	while [ $i -lt "$COMP_CWORD" ]; do
		case ${COMP_WORDS[i]} in
		-n)	_cvswitch_ctl_netns=(-n "${COMP_WORDS[i + 1]}")
			i=$((i + 2)) ;;
		-b)	i=$((i + 2)) ;;
		-*)		i=$((i + 1)) ;;
		*)		break ;;
		esac
	done
	words=("${COMP_WORDS[@]:i:COMP_CWORD - i}")
	if [ "${COMP_WORDS[COMP_CWORD - 1]}" = -b ] && [ ${#words[@]} = 0 ]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
	fi
	if [ "${COMP_WORDS[COMP_CWORD - 1]}" = -n ] && [ ${#words[@]} = 0 ]; then
		list=$(ls /run/netns 2>/dev/null)
	elif [ ${#words[@]} = 0 ]; then
		list="$(cvswitch-ctl help | sed -n 's/^  \([a-z]*\)  *[^ ].*/\1/p') help -j -p -n -b -V"
	else
		list=$(_cvswitch_ctl_commands "${words[0]}")
		if [[ "${words[*]}" =~ ^acl\ (show|del)\ .*\ handle$ ]]; then
			list=
		elif [ "${words[0]} ${words[1]:-}" = 'acl add' ] && [ ${#words[@]} -gt 3 ]; then
			list=$(_cvswitch_ctl_rule "${words[@]:4}")
		elif [ "${words[0]} ${words[1]:-}" = 'group member' ]; then
			list='add del show'
			[ ${#words[@]} = 2 ] || list=$(_cvswitch_ctl_arguments group "member ${words[2]}" \
				"${words[@]:3}")
		elif [ ${#words[@]} -gt 1 ] && grep -qx -- "${words[1]}" <<<"$list"; then
			list=$(_cvswitch_ctl_arguments "${words[@]}")
		elif [ ${#words[@]} -gt 1 ] || [[ ${words[0]} =~ ^(show|monitor|doctor|dump)$ ]]; then
			list=$(_cvswitch_ctl_arguments "${words[0]}" '' "${words[@]:1}")
		else
			list+=' help'
		fi
	fi
	mapfile -t COMPREPLY < <(compgen -W "$list" -- "$cur")
}

complete -F _cvswitch_ctl cvswitch-ctl

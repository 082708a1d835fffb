# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion of cvswitch-ctl's command line. What may follow what is read from the tool's own help,
# where [x] may be given, X|y is one of these, as is {x | Y z}, and words in capitals stand for
# something.

# The words after OBJECT COMMAND in the help, one usage per line, without brackets.
_cvswitch_ctl_usage()
{
	cvswitch-ctl "$1" help 2>/dev/null | awk -v object="$1" -v command="$2" '
		NR == 1 { next }
		/^\t\t/ { usage = usage $0; next }
		{ print usage; usage = $0 }
		END { print usage }' |
		sed 's/[][{}]//g' | awk -v object="$1" -v command="$2" '
		$1 == object && (command == "" || $2 == command) {
			for (i = command == "" ? 2 : 3; i <= NF; i++)
				printf "%s ", $i
			print ""
		}'
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
			if [[ $word == [a-z]* && " ${args[*]} " != *" $word "* ]] &&
				! [[ $word == *\|* && ${words[i - 1]:-} == [a-z]* ]]; then
				_cvswitch_ctl_values "$word"
			fi
		done
	done < <(_cvswitch_ctl_usage "$object" "$command")
}

_cvswitch_ctl_commands()
{
	cvswitch-ctl "$1" help 2>/dev/null | awk -v object="$1" '
		$1 == object && $2 ~ /^[a-z]+$/ && !seen[$2]++ { print $2 }'
}

_cvswitch_ctl()
{
	local cur=${COMP_WORDS[COMP_CWORD]} i=1 list
	local -a words

	while [ $i -lt "$COMP_CWORD" ]; do
		case ${COMP_WORDS[i]} in
		-n | -b)	i=$((i + 2)) ;;
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
		if [ ${#words[@]} -gt 1 ] && grep -qx -- "${words[1]}" <<<"$list"; then
			list=$(_cvswitch_ctl_arguments "${words[@]}")
		elif [ ${#words[@]} -gt 1 ] || [ "${words[0]}" = show ] ||
			[ "${words[0]}" = monitor ] || [ "${words[0]}" = doctor ]; then
			list=$(_cvswitch_ctl_arguments "${words[0]}" '' "${words[@]:1}")
		else
			list+=' help'
		fi
	fi
	mapfile -t COMPREPLY < <(compgen -W "$list" -- "$cur")
}

complete -F _cvswitch_ctl cvswitch-ctl
